using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Load.Caching;

/// <summary>
/// Entries in PostgreSQL as <c>Microsoft.Extensions.Caching.Postgres</c> reads and writes them: its table, without
/// a write-ahead log as it is by default, and its statements word for word through Npgsql. The package itself could not
/// be had where this was written. Its source: github.com/Azure/Microsoft.Extensions.Caching.Postgres, MIT, commit 5267eaa.
/// </summary>
internal sealed class PostgresEntries(NpgsqlDataSource database)
{
    private const string CreateTable =
        """
        DROP TABLE IF EXISTS public.cache_peer;
        CREATE UNLOGGED TABLE public.cache_peer (
            id VARCHAR(449) COLLATE "C" PRIMARY KEY,
            value BYTEA NOT NULL,
            expiresattime TIMESTAMPTZ NOT NULL,
            slidingexpirationinseconds BIGINT NULL,
            absoluteexpiration TIMESTAMPTZ NULL
        );
        CREATE INDEX ix_expiresattime ON public.cache_peer (expiresattime) WITH (deduplicate_items=True)
        """;

    private const string GetItem =
        """
        UPDATE public.cache_peer
        SET expiresAtTime = CASE WHEN EXTRACT(SECOND FROM AGE(absoluteExpiration, @utcNow)) <= slidingExpirationInSeconds THEN absoluteExpiration
        ELSE @utcNow + INTERVAL '1 second' * slidingExpirationInSeconds
        END
        WHERE id = @id
        AND expiresAtTime >= @utcNow
        AND slidingExpirationInSeconds IS NOT NULL
        AND (absoluteExpiration IS NULL OR absoluteExpiration <> expiresAtTime);
        SELECT value FROM public.cache_peer WHERE id = @id AND expiresAtTime >= @utcNow;
        """;

    private const string SetItem =
        """
        WITH _PARAMS (slidingExpirationInSeconds, absoluteExpiration, utcNow) AS
        ( VALUES (@slidingExpirationInSeconds, @absoluteExpiration::timestamp, @utcNow::timestamp) )
        INSERT INTO public.cache_peer (id, value, expiresAtTime, slidingExpirationInSeconds, absoluteExpiration)
        SELECT @id, @value, CASE
            WHEN slidingExpirationInSeconds IS NULL THEN absoluteExpiration::timestamp
            ELSE utcNow + INTERVAL '1 second' * slidingExpirationInSeconds::bigint
        END, slidingExpirationInSeconds::bigint, absoluteExpiration FROM _PARAMS
        ON CONFLICT (id) DO UPDATE
        SET value = EXCLUDED.value,
        expiresAtTime = EXCLUDED.expiresAtTime,
        slidingExpirationInSeconds = EXCLUDED.slidingExpirationInSeconds,
        absoluteExpiration = EXCLUDED.absoluteExpiration;
        """;

    public async Task Create()
    {
        await using var command = database.CreateCommand(CreateTable);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<byte[]?> Get(string key)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(GetItem, connection);
        command.Parameters.Add(new("id", NpgsqlDbType.Varchar, 449) { Value = key });
        command.Parameters.AddWithValue("utcNow", NpgsqlDbType.TimestampTz, TimeProvider.System.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow | CommandBehavior.SingleResult);
        return await reader.ReadAsync() ? await reader.GetFieldValueAsync<byte[]>(0) : null;
    }

    public async Task Set(string key, byte[] value, TimeSpan lifetime)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(SetItem, connection);
        command.Parameters.Add(new("id", NpgsqlDbType.Varchar, 449) { Value = key });
        command.Parameters.Add(new("value", NpgsqlDbType.Bytea) { Value = value });
        command.Parameters.Add(new("slidingExpirationInSeconds", NpgsqlDbType.Bigint) { Value = DBNull.Value });
        command.Parameters.AddWithValue("absoluteExpiration", NpgsqlDbType.TimestampTz, now + lifetime);
        command.Parameters.AddWithValue("utcNow", NpgsqlDbType.TimestampTz, now);
        await command.ExecuteNonQueryAsync();
    }
}
