using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Storage.Postgres;

/// <summary>Statements with positional parameters, written <c>$1</c>, <c>$2</c>, …</summary>
internal static class PostgresCommands
{
    /// <summary>For statements that touch as many rows as a file has.</summary>
    public const int BulkTimeoutSeconds = 120;

    /// <summary>Runs a statement, prepared once per connection; returns how many rows it changed.</summary>
    public static async Task<int> Execute(this NpgsqlConnection connection, string sql, params NpgsqlParameter[] arguments)
    {
        await using var command = connection.Statement(sql, arguments);
        await command.PrepareAsync();
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a statement, prepared once per connection; returns every row.</summary>
    public static async Task<List<T>> Query<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, params NpgsqlParameter[] arguments)
    {
        await using var command = connection.Statement(sql, arguments);
        await command.PrepareAsync();
        return await command.ReadAll(map);
    }

    /// <summary>
    /// Runs a statement that is planned anew for its arguments each time: one whose best plan depends on them, or that is rare.
    /// </summary>
    public static async Task<List<T>> QueryPlanned<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, params NpgsqlParameter[] arguments)
    {
        await using var command = connection.Statement(sql, arguments);
        return await command.ReadAll(map);
    }

    /// <summary>
    /// Runs a statement that is planned anew for its arguments each time, with settings of its own: both are one round trip
    /// and one transaction.
    /// </summary>
    public static async Task<List<T>> QueryPlanned<T>(
        this NpgsqlConnection connection, string settings, string sql, Func<NpgsqlDataReader, T> map, params NpgsqlParameter[] arguments)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(settings);
        batch.Add(sql, arguments);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAll(map);
    }

    /// <summary>As <see cref="QueryPlanned{T}(NpgsqlConnection, string, Func{NpgsqlDataReader, T}, NpgsqlParameter[])"/>, with the patience that the rows of a file need.</summary>
    public static async Task<List<T>> QueryBulk<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, params NpgsqlParameter[] arguments)
    {
        await using var command = connection.Statement(sql, arguments);
        command.CommandTimeout = BulkTimeoutSeconds;
        return await command.ReadAll(map);
    }

    /// <summary>Runs a statement whose rows are as many as a file has, and takes them one after another.</summary>
    public static async Task ReadBulk(this NpgsqlConnection connection, string sql, Action<NpgsqlDataReader> take)
    {
        await using var command = connection.Statement(sql, []);
        command.CommandTimeout = BulkTimeoutSeconds;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            take(reader);
        }
    }

    /// <summary>As <see cref="Execute"/>, unprepared, with the patience that the rows of a file need.</summary>
    public static async Task<int> ExecuteBulk(this NpgsqlConnection connection, string sql, params NpgsqlParameter[] arguments)
    {
        await using var command = connection.Statement(sql, arguments);
        command.CommandTimeout = BulkTimeoutSeconds;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>A statement of a batch.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        Array.ForEach(arguments, argument => command.Parameters.Add(argument));
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlParameter Text(string? value) => Of(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => ArrayOf(NpgsqlDbType.Text, values);

    public static NpgsqlParameter Texts(ImmutableArray<string>? values) => Of(NpgsqlDbType.Array | NpgsqlDbType.Text, values is { } texts ? ImmutableCollectionsMarshal.AsArray(texts) : null);

    public static NpgsqlParameter Integer(int value) => Of(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Integers(IEnumerable<int> values) => ArrayOf(NpgsqlDbType.Integer, values);

    public static NpgsqlParameter Long(long value) => Of(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter Longs(IEnumerable<long> values) => ArrayOf(NpgsqlDbType.Bigint, values);

    public static NpgsqlParameter Booleans(IEnumerable<bool> values) => ArrayOf(NpgsqlDbType.Boolean, values);

    public static NpgsqlParameter Date(DateOnly value) => Of(NpgsqlDbType.Date, value);

    public static NpgsqlParameter Dates(IEnumerable<DateOnly> values) => ArrayOf(NpgsqlDbType.Date, values);

    public static NpgsqlParameter Time(DateTimeOffset value) => Of(NpgsqlDbType.TimestampTz, value.ToUniversalTime());

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset?> values) =>
        ArrayOf(NpgsqlDbType.TimestampTz, values.Select(value => value?.ToUniversalTime()));

    public static NpgsqlParameter Blob(byte[] value) => Of(NpgsqlDbType.Bytea, value);

    public static NpgsqlParameter Blobs(IEnumerable<byte[]> values) => ArrayOf(NpgsqlDbType.Bytea, values);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };

    private static NpgsqlParameter ArrayOf<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };

    private static NpgsqlCommand Statement(this NpgsqlConnection connection, string sql, NpgsqlParameter[] arguments)
    {
#pragma warning disable CA2100 // The text is a constant of the calling store.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddRange(arguments);
        return command;
    }

    private static async Task<List<T>> ReadAll<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> map)
    {
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAll(map);
    }

    private static async Task<List<T>> ReadAll<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> map)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
