using Hearth.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Sqlite;

/// <summary>An opened data directory in a temporary folder, for one test.</summary>
public sealed class TemporaryDataDirectory : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-storage-");

    internal TemporaryDataDirectory() => Data = Open();

    internal DataDirectory Data { get; private set; }

    internal string Path => _folder.FullName;

    /// <summary>Closes the files and opens them again, as a restart does.</summary>
    internal void Reopen()
    {
        Data.Dispose();
        Data = Open();
    }

    public void Dispose()
    {
        Data.Dispose();
        _folder.Delete(recursive: true);
    }

    private DataDirectory Open() => new(Options.Create(new StorageOptions { DataDirectory = _folder.FullName }));
}
