using Hearth.TestServers;

namespace Hearth.Storage.Tests.Postgres;

/// <summary>One server for every test that needs one, each test with a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPostgres : ICollectionFixture<SharedPostgres.Server>
{
    public const string Name = "PostgreSQL";

    /// <summary>The server, where its programs are installed.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private PostgresServer? _server;

        /// <summary>Skips the test, aloud, where there can be no server.</summary>
        public PostgresServer Value
        {
            get
            {
                Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
                return _server!;
            }
        }

        public async ValueTask InitializeAsync() => _server = PostgresServer.Missing is null ? await PostgresServer.Start() : null;

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
