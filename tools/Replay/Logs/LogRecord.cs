namespace Hearth.Replay.Logs;

/// <summary>A line as it stands in a log. Its bytes are those of the reader's buffer: valid until the next line is read.</summary>
/// <param name="Line">What the bytes say, or null with the <paramref name="Fault"/> for which they say nothing.</param>
internal readonly record struct LogRecord(ReadOnlyMemory<byte> Bytes, LogLine? Line, SkipReason? Fault);
