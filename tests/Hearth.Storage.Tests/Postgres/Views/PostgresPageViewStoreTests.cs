using Hearth.Model.Views;
using Hearth.Storage.Postgres.Views;
using Hearth.Storage.Tests.Views;

namespace Hearth.Storage.Tests.Postgres.Views;

[Collection(SharedPostgres.Name)]
public sealed class PostgresPageViewStoreTests(SharedPostgres.Server server) : PageViewStoreContract, IAsyncLifetime
{
    private TemporaryDatabase _database = null!;

    protected override IPageViewStore Store => new PostgresPageViewStore(_database.Database);

    public async ValueTask InitializeAsync() => _database = await TemporaryDatabase.CreateMigrated(server.Value);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
