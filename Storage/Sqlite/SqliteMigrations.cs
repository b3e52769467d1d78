using System.Reflection;

namespace Hearth.Storage.Sqlite;

/// <summary>
/// The schema of each file as numbered scripts, <c>Migrations/{file}/{file}.001.name.sql</c>. The number of the last
/// one applied is the file's <c>user_version</c>; all that are missing are applied in one transaction.
/// </summary>
internal static class SqliteMigrations
{
    public static int Latest(string name) => Scripts(name).Length;

    public static void Apply(SqliteSession session, string name)
    {
        var scripts = Scripts(name);
        var version = (int)session.Scalar<long>("PRAGMA user_version");
        if (version == scripts.Length)
        {
            return;
        }

        if (version > scripts.Length)
        {
            throw SqliteFileGuard.Newer(name + ".db", version, scripts.Length);
        }

        session.Execute("BEGIN IMMEDIATE");
        foreach (var script in scripts[version..])
        {
            using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!);
            session.Script(text.ReadToEnd());
        }

        session.Script($"PRAGMA user_version={scripts.Length};");
        session.Execute("COMMIT");

        // The guard reads the header from the file itself, so it must not wait in the WAL.
        session.Script("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private static string[] Scripts(string name) =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(resource => resource.StartsWith(name + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
