using Npgsql;

namespace Hearth.Contract.Tests.Categories;

/// <summary>
/// A cluster that hears of other programs' edits or not at all: it looks at the table by itself only once a minute. And
/// such a program.
/// </summary>
public sealed class ListeningCluster : IAsyncLifetime
{
    private ClusterServer? _server;
    private NpgsqlDataSource? _psql;
    private HttpClient[] _frontEnds = [];

    internal ClusterServer Server
    {
        get
        {
            Assert.SkipWhen(ClusterServer.Missing is not null, ClusterServer.Missing ?? "");
            return _server!;
        }
    }

    /// <summary>A client of each front end.</summary>
    internal IReadOnlyList<HttpClient> FrontEnds => _frontEnds;

    public async ValueTask InitializeAsync()
    {
        if (ClusterServer.Missing is not null)
        {
            return;
        }

        _server = await ClusterServer.Start(("Categories:PollInterval", "00:01:00"), ("Categories:ListeningPollInterval", "00:01:00"));
        _psql = NpgsqlDataSource.Create(_server.Database + ";Pooling=false");
        _frontEnds = [.. _server.FrontEnds.Select(address => new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) })];
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_frontEnds, client => client.Dispose());
        if (_server is not null)
        {
            await _psql!.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    internal async Task<NpgsqlConnection> Connect() => await _psql!.OpenConnectionAsync();

    internal async Task Psql(string sql)
    {
        await using var command = _psql!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    internal async Task<long> Number(string sql)
    {
        await using var command = _psql!.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    internal async Task Copy(string rows)
    {
        await using var connection = await Connect();
        await using var copy = await connection.BeginTextImportAsync("COPY category (id, parent_id, name) FROM STDIN");
        await copy.WriteAsync(rows);
    }
}
