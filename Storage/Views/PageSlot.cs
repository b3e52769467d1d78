using System.Text;

namespace Hearth.Storage.Views;

/// <summary>Spreads pages over slots by a hash of their id that never changes (FNV-1a, 32 bits), stored beside the page.</summary>
internal static class PageSlot
{
    public static int Of(string page)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(page.Length)];
        var hash = 2166136261u;
        foreach (var next in bytes[..Encoding.UTF8.GetBytes(page, bytes)])
        {
            hash = (hash ^ next) * 16777619u;
        }

        return (int)((hash ^ (hash >> 16)) & 0xFFFF);
    }
}
