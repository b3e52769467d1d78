using System.IO.Compression;

namespace Hearth.Replay.Logs;

/// <summary>Reads one log, compressed with gzip or not.</summary>
internal sealed class LogFile : IAsyncDisposable
{
    private readonly FileStream? _file;
    private readonly LineReader _lines;
    private bool _isCombined;

    private LogFile(string name, FileStream? file, Stream content)
    {
        Name = name;
        _file = file;
        _lines = new LineReader(content);
        Length = file is { CanSeek: true } ? file.Length : null;
    }

    public string Name { get; }

    /// <summary>Size in bytes as stored, or null for a pipe.</summary>
    public long? Length { get; }

    /// <summary>How many of these bytes have been read.</summary>
    public long Position => Length is null ? 0 : _file!.Position;

    public LogRecord Current { get; private set; }

    /// <summary>The time of the current line or, where that has none, of the one before it.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Opens a file; compression is told by its content and not by its name, which log rotation changes.</summary>
    public static LogFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
        return new(path, file, IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    public static LogFile OfStandardInput(Stream input) => new("standard input", file: null, input);

    /// <summary>Moves to the next line; false at the end.</summary>
    /// <exception cref="IOException">The file cannot be read on.</exception>
    /// <exception cref="InvalidDataException">The file is a damaged archive.</exception>
    public async ValueTask<bool> Read(CancellationToken cancellation)
    {
        if (!await _lines.Read(cancellation))
        {
            return false;
        }

        Current = Understand();
        At = Current.Line?.At ?? At;
        return true;
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private LogRecord Understand()
    {
        if (_lines.IsTooLong)
        {
            return new(default, null, SkipReason.LineTooLong);
        }

        if (!LogLine.TryParse(_lines.Line, out var line))
        {
            return new(_lines.Line, null, _lines.IsTerminated ? SkipReason.Malformed : SkipReason.Unfinished);
        }

        // Half of a combined line may look like a common one, and the whole of it will be there at the next run.
        if (!_lines.IsTerminated && _isCombined && line.UserAgent is null)
        {
            return new(_lines.Line, null, SkipReason.Unfinished);
        }

        _isCombined |= line.UserAgent is not null;
        return new(_lines.Line, line, null);
    }

    private static bool IsGzip(FileStream file)
    {
        if (!file.CanSeek)
        {
            return false;
        }

        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic is [0x1f, 0x8b];
        file.Position = 0;
        return isGzip;
    }
}
