using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Hearth.GrainInterfaces.Caching;

namespace Hearth.Grains.Caching;

/// <summary>A decimal integer of 64 bits, as it stands in a cache entry: <c>-12</c>, without white space.</summary>
internal static class CounterValue
{
    public const string ContentType = "text/plain";

    /// <summary>What becomes of a value, null where there is none, when it is added to.</summary>
    public static CacheIncrement Increment(ReadOnlyMemory<byte>? value, long by, long? initial)
    {
        if ((value ?? (initial is { } first ? (ReadOnlyMemory<byte>?)Write(first) : null)) is not { } before)
        {
            return new CacheIncrement(CacheIncrementOutcome.Missing);
        }

        if (!Utf8Parser.TryParse(before.Span, out long number, out var length) || length != before.Length)
        {
            return new CacheIncrement(CacheIncrementOutcome.NotAnInteger);
        }

        var sum = (Int128)number + by;
        return sum >= long.MinValue && sum <= long.MaxValue
            ? new CacheIncrement(CacheIncrementOutcome.Done, (long)sum)
            : new CacheIncrement(CacheIncrementOutcome.OutOfRange);
    }

    public static byte[] Write(long number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
