namespace Hearth.Replay;

/// <summary>Why a line is not posted.</summary>
internal enum SkipReason
{
    Malformed,
    Unfinished,
    LineTooLong,
    NoRequest,
    Method,
    Status,
    NoPath,
    PathTooLong,
    PathNotUtf8,
    PathControlCharacter,
    Before2000,
    InFuture,
}
