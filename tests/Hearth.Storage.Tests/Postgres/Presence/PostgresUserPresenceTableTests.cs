using Hearth.Model.Presence;
using Hearth.Storage.Postgres.Presence;
using Hearth.Storage.Tests.Presence;

namespace Hearth.Storage.Tests.Postgres.Presence;

[Collection(SharedPostgres.Name)]
public sealed class PostgresUserPresenceTableTests(SharedPostgres.Server server) : UserPresenceTableContract, IAsyncLifetime
{
    private TemporaryDatabase _database = null!;

    protected override IUserPresenceTable Table => new PostgresUserPresenceTable(_database.Database);

    public async ValueTask InitializeAsync() => _database = await TemporaryDatabase.CreateMigrated(server.Value);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("infinity")]
    [InlineData("-infinity")]
    [InlineData("0044-03-15 BC")]
    [InlineData("20000-01-01")]
    public async Task A_time_of_another_program_that_is_none_here_is_no_time(string time)
    {
        await _database.Psql($"INSERT INTO user_presence VALUES ('ada', '{time}')");

        Assert.Equal([new UserPresenceRow("ada", null, true)], await Table.Find(["ada"]));
    }
}
