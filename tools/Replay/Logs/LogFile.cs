namespace Hearth.Replay.Logs;

/// <summary>Reads one log, compressed with gzip, bzip2 or zstd or not.</summary>
internal sealed class LogFile : IAsyncDisposable
{
    private readonly FileStream? _file;
    private readonly Stream _content;
    private LineReader? _lines;
    private bool _hasLines;

    private LogFile(string name, FileStream? file, Stream content)
    {
        Name = name;
        _file = file;
        _content = content;
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
        return new(path, file, file);
    }

    public static LogFile OfStandardInput(Stream input) => new("standard input", file: null, input);

    /// <summary>Moves to the next line; false at the end.</summary>
    /// <exception cref="IOException">The file cannot be read on.</exception>
    /// <exception cref="InvalidDataException">The file is a damaged archive.</exception>
    public async ValueTask<bool> Read(CancellationToken cancellation)
    {
        _lines ??= new LineReader(await Decompressed(_content, cancellation));
        if (!await _lines.Read(cancellation))
        {
            return false;
        }

        Current = Understand(_lines);
        At = Current.Line?.At ?? At;
        return true;
    }

    public ValueTask DisposeAsync() => _lines?.DisposeAsync() ?? _content.DisposeAsync();

    private LogRecord Understand(LineReader lines)
    {
        if (lines.IsTooLong)
        {
            return new(default, null, SkipReason.LineTooLong);
        }

        // A line that lacks its end may look whole when it is cut inside of its last field, and it will be there at the next run.
        if (!lines.IsTerminated && (_hasLines || LogLine.HasTime(lines.Line.Span)))
        {
            return new(lines.Line, null, SkipReason.Unfinished);
        }

        if (!LogLine.TryParse(lines.Line, out var line))
        {
            return new(lines.Line, null, SkipReason.Malformed);
        }

        _hasLines = true;
        return new(lines.Line, line, null);
    }

    /// <summary>At the first read, since nothing may come from a pipe for long.</summary>
    private static async ValueTask<Stream> Decompressed(Stream stream, CancellationToken cancellation)
    {
        var content = await PeekStream.Peek(stream, Compression.LongestMagic, cancellation);
        return Compression.Of(content.Beginning) switch
        {
            null => content,
            { Decompress: { } decompress } => decompress(content),
            var unknown => throw new InvalidDataException($"It is compressed with {unknown.Name}, which is not read here; gzip, bzip2 and zstd are."),
        };
    }
}
