using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Hearth.Grains.Caching;

/// <summary>A decimal integer of 64 bits, as it stands in a cache entry: <c>-12</c>, without white space.</summary>
internal static class CounterValue
{
    public const string ContentType = "text/plain";

    public static long? Parse(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long number, out var length) && length == value.Length ? number : null;

    public static byte[] Write(long number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The sum; null where it is none of 64 bits.</summary>
    public static long? Add(long number, long by)
    {
        var sum = (Int128)number + by;
        return sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : null;
    }
}
