using Microsoft.Extensions.Options;

namespace Hearth.Storage.Sqlite;

/// <summary>
/// The folder that holds the embedded stores, owned by one process at a time through a lock on <c>hearth.lock</c>.
/// Three files, so that their writers never wait for each other:
/// <c>state.db</c> (grain state, sessions, cache entries, presence), <c>log.db</c> (the view log) and
/// <c>site.db</c> (the tables a site's own programs may read and edit).
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    public DataDirectory(IOptions<StorageOptions> options)
    {
        Path = System.IO.Path.GetFullPath(options.Value.DataDirectory);
        _lock = Lock(Path);
        try
        {
            State = SqliteFile.Open(Path, "state");
            Log = SqliteFile.Open(Path, "log");
            Site = SqliteFile.Open(Path, "site");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    public SqliteFile State { get; } = null!;

    public SqliteFile Log { get; } = null!;

    public SqliteFile Site { get; } = null!;

    public void Dispose()
    {
        State?.Dispose();
        Log?.Dispose();
        Site?.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(System.IO.Path.Combine(path, "hearth.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new DataDirectoryException(
                $"The data directory '{path}' is in use by another Hearth process, or cannot be written ({exception.Message}). "
                + "Stop that process, or set Storage:DataDirectory to another folder.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataDirectoryException(
                $"The data directory '{path}' cannot be written ({exception.Message}). Set Storage:DataDirectory to a folder that can.", exception);
        }
    }
}
