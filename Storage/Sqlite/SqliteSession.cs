using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite;

/// <summary>
/// One connection, used by one thread at a time, that prepares each statement once.
/// Parameters are positional and written <c>$1</c>, <c>$2</c>, …
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public SqliteSession(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
    }

    /// <summary>Whether SQLite has rolled the whole transaction back by itself, as it does when the disk is full.</summary>
    public bool LostTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) != 0;

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>Returns the first column of the first row, or the default where there is none or it is NULL.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Prepare(sql, arguments).ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<T>(0) : default;
    }

    /// <summary>Returns every row, mapped by <paramref name="map"/>.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Prepare(sql, arguments).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Takes every row, one after another.</summary>
    public void Read(string sql, Action<SqliteDataReader> take)
    {
        using var reader = Prepare(sql, []).ExecuteReader();
        while (reader.Read())
        {
            take(reader);
        }
    }

    /// <summary>Runs statements that are used once, such as a migration.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is one of our own embedded files.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Leaves the transaction, if there is one still. A failure shows at the next BEGIN, which fails with it.</summary>
    public void TryRollBack()
    {
        try
        {
            if (!LostTransaction)
            {
                Execute("ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            // The writer thread must live on: the writes are refused with the error that brought it here.
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of the calling store.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= arguments.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }
}
