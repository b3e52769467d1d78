using Hearth.Model.Categories;
using Hearth.Storage.Postgres.Categories;
using Hearth.Storage.Tests.Categories;

namespace Hearth.Storage.Tests.Postgres.Categories;

[Collection(SharedPostgres.Name)]
public sealed class PostgresProductStoreTests(SharedPostgres.Server server) : ProductStoreContract, IAsyncLifetime
{
    private TemporaryDatabase _database = null!;

    protected override IProductStore Products => new PostgresProductStore(_database.Database);

    protected override ICategoryStore Categories => new PostgresCategoryStore(_database.Database);

    public async ValueTask InitializeAsync() => _database = await TemporaryDatabase.CreateMigrated(server.Value);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_category_is_not_deleted_under_a_product_that_is_being_put_into_it()
    {
        await Categories.Commit(0, new CategoryChanges([new("a", null, "A", 0)], []));

        for (var i = 0; i < 50; i++)
        {
            var version = await Categories.ReadVersion();
            var put = Products.Put(new Product("p", "P", "a"));
            var delete = Categories.Commit(version, new CategoryChanges([], ["a"]));
            await Task.WhenAll(put, delete);

            Assert.Null((await Products.Find("p"))?.CategoryId);
            await Categories.Commit(version + 1, new CategoryChanges([new("a", null, "A", 0)], []));
        }
    }
}
