using Hearth.Model.Categories;
using Hearth.Storage.Sqlite.Categories;
using Hearth.Storage.Tests.Categories;

namespace Hearth.Storage.Tests.Sqlite.Categories;

public sealed class SqliteProductStoreTests : ProductStoreContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override IProductStore Products => new SqliteProductStore(_directory.Data);

    protected override ICategoryStore Categories => new SqliteCategoryStore(_directory.Data);

    public void Dispose() => _directory.Dispose();
}
