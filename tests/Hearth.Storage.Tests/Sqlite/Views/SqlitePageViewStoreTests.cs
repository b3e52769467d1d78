using Hearth.Model.Views;
using Hearth.Storage.Sqlite.Views;
using Hearth.Storage.Tests.Views;

namespace Hearth.Storage.Tests.Sqlite.Views;

public sealed class SqlitePageViewStoreTests : PageViewStoreContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override IPageViewStore Store => new SqlitePageViewStore(_directory.Data);

    public void Dispose() => _directory.Dispose();
}
