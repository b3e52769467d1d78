namespace Hearth.Replay.Logs;

/// <summary>Reads lines of bytes in bounded memory. A line ends with LF or CRLF, and the last one also with the stream.</summary>
internal sealed class LineReader(Stream stream) : IAsyncDisposable
{
    /// <summary>The longest line that is kept, in bytes. Web servers bound a request's head to far less.</summary>
    public const int MaxLength = 256 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>The line without its ending, valid until the next is read. Empty for one that was too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>False for a last line that lacks its line ending, and so may have been read while it was being written.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Moves to the next line; false at the end.</summary>
    public async ValueTask<bool> Read(CancellationToken cancellation)
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(searched + newline, terminated: true);
                return true;
            }

            if (_end - _start > MaxLength)
            {
                IsTooLong = true;
                _start = _end;
            }

            searched = _end - _start;
            if (!await Fill(cancellation))
            {
                var any = IsTooLong || searched > 0;
                Take(searched, terminated: false);
                return any;
            }
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Take(int length, bool terminated)
    {
        var line = _buffer.AsMemory(_start, length);
        IsTooLong |= length > MaxLength;
        Line = IsTooLong ? default : line.Span is [.., (byte)'\r'] ? line[..^1] : line;
        IsTerminated = terminated;
        _start += length + (terminated ? 1 : 0);
    }

    /// <summary>Reads more behind what is there; false at the end of the stream.</summary>
    private async ValueTask<bool> Fill(CancellationToken cancellation)
    {
        if (_atEnd)
        {
            return false;
        }

        MakeRoom();

        // A read from a terminal or a pipe cannot itself be cancelled.
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).AsTask().WaitAsync(cancellation);
        _end += read;
        _atEnd = read == 0;
        return !_atEnd;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
