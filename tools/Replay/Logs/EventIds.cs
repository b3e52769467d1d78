using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Hearth.Replay.Logs;

/// <summary>
/// Gives every line the event id that it gets again in every later run: a hash of its bytes and, for one that repeats, its
/// number among the lines that equal it. Neither the name of the file nor the place in it counts, so a log may grow, be
/// rotated or be compressed between two runs.
/// <para>
/// Equal lines carry the same time and stand close together, so only lines of the latest <see cref="RememberedMinutes"/>
/// distinct minutes are remembered: memory is bounded by how busy these were, about 50 bytes a line, and not by the log.
/// A repeat that comes later than that would be taken for the first one, and so never be counted twice.
/// </para>
/// </summary>
internal sealed class EventIds
{
    public const int RememberedMinutes = 30;

    private readonly Dictionary<long, Minute> _minutes = [];
    private long _lines;

    public string Next(ReadOnlySpan<byte> line, DateTimeOffset at)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        hash = hash[..16];

        var minute = MinuteOf(at);
        minute.LastUsed = ++_lines;
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(minute.Lines, BinaryPrimitives.ReadUInt128BigEndian(hash), out _);
        seen++;
        return seen == 1 ? Base64Url.EncodeToString(hash) : $"{Base64Url.EncodeToString(hash)}.{seen}";
    }

    private Minute MinuteOf(DateTimeOffset at)
    {
        var number = at.Ticks / TimeSpan.TicksPerMinute;
        if (!_minutes.TryGetValue(number, out var minute))
        {
            if (_minutes.Count == RememberedMinutes)
            {
                _minutes.Remove(_minutes.MinBy(remembered => remembered.Value.LastUsed).Key);
            }

            _minutes[number] = minute = new Minute();
        }

        return minute;
    }

    private sealed class Minute
    {
        public Dictionary<UInt128, int> Lines { get; } = [];

        public long LastUsed { get; set; }
    }
}
