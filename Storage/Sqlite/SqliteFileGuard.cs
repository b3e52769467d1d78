using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite;

/// <summary>
/// Looks at a SQLite file before anything is allowed to change it. Reads the header's fields directly
/// (https://www.sqlite.org/fileformat2.html#the_database_header), then asks SQLite for its quick check through a
/// read-only connection.
/// </summary>
internal static class SqliteFileGuard
{
    /// <summary>"Hrth": marks the files that Hearth made.</summary>
    public const int ApplicationId = 0x48727468;

    /// <summary>Larger files skip the quick check, which reads every page, so that a start stays fast.</summary>
    private const long QuickCheckLimit = 256L << 20;

    private const int HeaderLength = 100;
    private const int UserVersionAt = 60;
    private const int ApplicationIdAt = 68;

    public static void Check(string path, int latestVersion)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            return;
        }

        CheckHeader(path, latestVersion);
        if (file.Length <= QuickCheckLimit)
        {
            QuickCheck(path);
        }
    }

    /// <summary>Marks a new file as Hearth's, before the WAL exists, so that the header on disk says so from the first page on.</summary>
    public static void Mark(SqliteSession session)
    {
        if (session.Scalar<long>("PRAGMA application_id") != ApplicationId)
        {
            session.Script($"PRAGMA application_id={ApplicationId};");
        }
    }

    public static DataDirectoryException Newer(string path, int version, int latestVersion) => new(
        $"The file '{path}' has schema version {version}, and this Hearth knows versions up to {latestVersion}. "
        + "Run the newer Hearth that wrote it, or set Storage:DataDirectory to another folder.");

    private static void CheckHeader(string path, int latestVersion)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
                || !header.StartsWith("SQLite format 3\0"u8))
            {
                throw Corrupt(path, "it is not a SQLite file", null);
            }
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]) != ApplicationId)
        {
            throw new DataDirectoryException($"The file '{path}' was not made by Hearth. Set Storage:DataDirectory to another folder.");
        }

        var version = BinaryPrimitives.ReadInt32BigEndian(header[UserVersionAt..]);
        if (version > latestVersion)
        {
            throw Newer(path, version, latestVersion);
        }
    }

    private static void QuickCheck(string path)
    {
        try
        {
            using var session = new SqliteSession($"Data Source={path};Mode=ReadOnly;Pooling=False");
            var answer = session.Scalar<string>("PRAGMA quick_check(1)");
            if (answer != "ok")
            {
                throw Corrupt(path, answer ?? "the quick check gave no answer", null);
            }
        }
        catch (SqliteException exception)
        {
            throw Corrupt(path, exception.Message, exception);
        }
    }

    private static DataDirectoryException Corrupt(string path, string why, Exception? inner) => new(
        $"The file '{path}' is corrupt ({why}). It was not changed. Restore the whole folder from a backup, or set Storage:DataDirectory to another folder.",
        inner);
}
