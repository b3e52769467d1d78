namespace Hearth.Replay.Logs;

/// <summary>A stream whose first bytes can be looked at before it is read; for pipes, which cannot seek.</summary>
internal sealed class PeekStream : Stream
{
    private readonly Stream _stream;
    private readonly byte[] _beginning;
    private int _given;

    private PeekStream(Stream stream, byte[] beginning) => (_stream, _beginning) = (stream, beginning);

    /// <summary>Waits for the first bytes.</summary>
    /// <param name="stream">The stream, which is disposed of with the new one.</param>
    /// <param name="length">How many bytes to look at.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<PeekStream> Peek(Stream stream, int length, CancellationToken cancellation)
    {
        var beginning = new byte[length];

        // A read from a terminal or a pipe cannot itself be cancelled.
        var read = await stream.ReadAtLeastAsync(beginning, length, throwOnEndOfStream: false, cancellation).AsTask().WaitAsync(cancellation);
        return new PeekStream(stream, beginning[..read]);
    }

    /// <summary>The first bytes, fewer where the stream is shorter.</summary>
    public ReadOnlySpan<byte> Beginning => _beginning;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("A stream that is peeked into has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A stream that is peeked into has no position.");
        set => throw new NotSupportedException("A stream that is peeked into cannot seek.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => _given < _beginning.Length ? Give(buffer) : _stream.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _given < _beginning.Length ? ValueTask.FromResult(Give(buffer.Span)) : _stream.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A stream that is peeked into cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A stream that is peeked into cannot be written.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stream that is peeked into cannot be written.");

    protected override void Dispose(bool disposing)
    {
        _stream.Dispose();
        base.Dispose(disposing);
    }

    private int Give(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _beginning.Length - _given);
        _beginning.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
