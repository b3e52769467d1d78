using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Views;

/// <summary>
/// Turns lines into views, and says of every other line why it is none. Whatever the server would refuse is found here,
/// because one bad view makes it refuse a whole batch.
/// </summary>
internal sealed class ViewFilter(IReadOnlySet<string> methods, StatusSet statuses, string? location, PageIds pages, TimeProvider time)
{
    private const int MaxPageBytes = 256;

    /// <summary>The server takes views at most 5 minutes ahead of its clock; the rest is left for clocks that differ.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    private static readonly DateTimeOffset Year2000 = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EventIds _ids = new();

    /// <summary>Returns null with a view, or the reason why there is none.</summary>
    public SkipReason? Skip(in LogRecord record, out View view)
    {
        view = null!;
        if (record.Line is not { } line)
        {
            return record.Fault;
        }

        if (!RequestLine.TryParse(LogEscapes.Undo(line.Request.Span), out var method, out var target))
        {
            return SkipReason.NoRequest;
        }

        var page = pages.Of(line, RequestLine.Path(target));
        if ((SkipRequest(Encoding.ASCII.GetString(method), line.Status) ?? SkipPath(page) ?? SkipTime(line.At)) is { } reason)
        {
            return reason;
        }

        view = new(Encoding.UTF8.GetString(page), location, Visitor(line), _ids.Next(record.Bytes.Span, line.At), line.At.UtcDateTime);
        return null;
    }

    private SkipReason? SkipRequest(string method, int status) =>
        !methods.Contains(method) ? SkipReason.Method
        : !statuses.Contains(status) ? SkipReason.Status
        : null;

    private SkipReason? SkipTime(DateTimeOffset at) =>
        at < Year2000 ? SkipReason.Before2000
        : at > time.GetUtcNow() + MaxAhead ? SkipReason.InFuture
        : null;

    private static SkipReason? SkipPath(ReadOnlySpan<byte> path) =>
        path.IsEmpty ? SkipReason.NoPath
        : path.Length > MaxPageBytes ? SkipReason.PathTooLong
        : !Utf8.IsValid(path) ? SkipReason.PathNotUtf8
        : Encoding.UTF8.GetString(path).Any(char.IsControl) ? SkipReason.PathControlCharacter
        : null;

    /// <summary>Address and user agent together, hashed: bounded in length, and no address is sent on.</summary>
    private static string Visitor(in LogLine line)
    {
        var userAgent = line.UserAgent ?? default;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. line.Address.Span, (byte)' ', .. userAgent.Span], hash);
        return Base64Url.EncodeToString(hash[..16]);
    }
}
