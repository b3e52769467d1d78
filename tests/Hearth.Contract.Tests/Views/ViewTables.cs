using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hearth.Contract.Tests.Views;

/// <summary>The tables of views as any other program reads them.</summary>
/// <param name="Rows">Views and visitors of each row of <c>page_views</c>.</param>
/// <param name="Days">Views and visitors of each row of <c>page_view_days</c>.</param>
internal sealed record ViewTables(
    IReadOnlyDictionary<(string Page, string Day, string Location), (long Views, long Visitors)> Rows,
    IReadOnlyDictionary<(string Page, string Day), (long Views, long Visitors)> Days)
{
    public static Task<ViewTables> Read(EmbeddedServer server) => Read(server.DataDirectory);

    public static async Task<ViewTables> Read(string dataDirectory)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "site.db")};Mode=ReadOnly;Pooling=False");
        return await Read(connection, "day");
    }

    public static async Task<ViewTables> Read(ClusterServer server)
    {
        await using var connection = new NpgsqlConnection(server.Postgres.ConnectionString("postgres") + ";Pooling=false");
        return await Read(connection, "day::text");
    }

    private static async Task<ViewTables> Read(DbConnection connection, string day)
    {
        await connection.OpenAsync();
        var rows = new Dictionary<(string, string, string), (long, long)>();
        await foreach (var row in Query(connection, $"SELECT views, visitors, page, {day}, location FROM page_views"))
        {
            rows.Add((row.GetString(2), row.GetString(3), row.GetString(4)), Counts(row));
        }

        var days = new Dictionary<(string, string), (long, long)>();
        await foreach (var row in Query(connection, $"SELECT views, visitors, page, {day} FROM page_view_days"))
        {
            days.Add((row.GetString(2), row.GetString(3)), Counts(row));
        }

        return new ViewTables(rows, days);
    }

    private static async IAsyncEnumerable<DbDataReader> Query(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two texts above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return reader;
        }
    }

    private static (long, long) Counts(DbDataReader row) =>
        (Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture));
}
