using System.Text;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Views;

/// <summary>What of a request names its page.</summary>
/// <param name="Raw">The path as it was sent, byte for byte, instead of what it says.</param>
/// <param name="WithHost">The virtual host stands in front of the path, where the log has it.</param>
/// <param name="TrimTrailingSlash">Whether <c>/a/</c> is the page <c>/a</c>.</param>
/// <param name="IgnoreCase">Whether <c>/A</c> is the page <c>/a</c>.</param>
internal readonly record struct PageIds(bool Raw = false, bool WithHost = false, bool TrimTrailingSlash = false, bool IgnoreCase = false)
{
    /// <summary>The bytes of the page's id; empty where the path is.</summary>
    public byte[] Of(in LogLine line, ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
        {
            return [];
        }

        var page = Raw ? path.ToArray() : PagePath.Decode(path);
        page = TrimTrailingSlash ? PagePath.WithoutTrailingSlash(page) : page;
        page = IgnoreCase ? PagePath.WithoutCase(page) : page;
        return WithHost ? [.. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line.Host.Span).ToLowerInvariant()), .. page] : page;
    }
}
