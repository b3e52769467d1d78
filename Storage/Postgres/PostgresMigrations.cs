using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Hearth.Storage.Postgres;

/// <summary>
/// The schema as numbered scripts, <c>Migrations/postgres.001.name.sql</c>, in the first schema of the connection's
/// search path. All that are missing are applied in one transaction, by one process at a time.
/// </summary>
internal static class PostgresMigrations
{
    private const string Prefix = "postgres.";

    /// <summary>What a script writes for the schema's name, as functions that run with their owner's rights must pin it.</summary>
    private const string SchemaMark = "@schema";

    /// <summary>The advisory lock of migrations in this database: "hearth" in ASCII.</summary>
    private const long Lock = 0x686561727468;

    public static int Latest { get; } = Scripts().Length;

    /// <exception cref="DatabaseSchemaException">A newer Hearth was here, or the database does not keep UTF-8.</exception>
    public static async Task Apply(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Lock})"), cancellationToken);
        await CheckEncoding(connection, cancellationToken);
        await Execute(connection, "CREATE TABLE IF NOT EXISTS hearth_schema_version (version integer NOT NULL)", cancellationToken);
        var version = await Scalar(connection, "SELECT max(version) FROM hearth_schema_version", cancellationToken) as int? ?? 0;
        if (version > Latest)
        {
            throw new DatabaseSchemaException(
                $"The database's schema is version {version}, and this Hearth knows versions up to {Latest}: a newer Hearth has been here. Start that one, or restore a backup.");
        }

        var schema = (string)(await Scalar(connection, "SELECT quote_ident(current_schema())", cancellationToken))!;
        foreach (var script in Scripts()[version..])
        {
            using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!);
            var sql = await text.ReadToEndAsync(cancellationToken);
            await Execute(connection, sql.Replace(SchemaMark, schema, StringComparison.Ordinal), cancellationToken);
        }

        if (version < Latest)
        {
            await Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO hearth_schema_version VALUES ({Latest})"), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ids are compared by the bytes of their UTF-8, and any Unicode must fit.</summary>
    private static async Task CheckEncoding(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await Scalar(connection, "SHOW server_encoding", cancellationToken) is not "UTF8")
        {
            throw new DatabaseSchemaException("The database's encoding must be UTF8: create it with ENCODING 'UTF8' TEMPLATE template0.");
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is one of our own embedded files or a constant.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = PostgresCommands.BulkTimeoutSeconds };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is a constant.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static string[] Scripts() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
