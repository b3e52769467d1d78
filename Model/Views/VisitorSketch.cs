using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Hearth.Model.Views;

/// <summary>
/// Counts distinct visitors from 64-bit hashes of them: exactly up to <see cref="ExactLimit"/>, then by a
/// <see cref="HyperLogLog"/> with a standard error of 1.63 %. Unions lose nothing.
/// </summary>
public sealed class VisitorSketch
{
    /// <summary>How many visitors are held exactly, as the sorted hashes themselves.</summary>
    public const int ExactLimit = 128;

    private const byte ExactForm = 1;
    private const byte RegisterForm = 2;

    private List<ulong>? _hashes;
    private HyperLogLog? _registers;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a sketch.</exception>
    public static VisitorSketch FromBytes(ReadOnlySpan<byte> bytes) =>
        TryFromBytes(bytes, out var sketch) ? sketch : throw new InvalidDataException("The stored visitor sketch is damaged.");

    /// <summary>Reads what <see cref="ToBytes"/> wrote; false where the bytes are not a sketch. No bytes are an empty one.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out VisitorSketch sketch)
    {
        sketch = new VisitorSketch();
        if (bytes is [RegisterForm, .. var registers] && registers.Length == HyperLogLog.RegisterCount)
        {
            sketch._registers = new HyperLogLog(registers);
        }
        else if (bytes is [ExactForm, .. var hashes] && hashes.Length % sizeof(ulong) == 0 && hashes.Length <= ExactLimit * sizeof(ulong))
        {
            for (; hashes.Length > 0; hashes = hashes[sizeof(ulong)..])
            {
                sketch.Add(BinaryPrimitives.ReadUInt64LittleEndian(hashes));
            }
        }
        else
        {
            return bytes.IsEmpty;
        }

        return true;
    }

    /// <summary>Adds a visitor; returns whether the sketch has changed.</summary>
    /// <param name="hash">A uniformly distributed hash of the visitor.</param>
    public bool Add(ulong hash)
    {
        if (_registers is not null)
        {
            return _registers.Add(hash);
        }

        _hashes ??= [];
        var place = _hashes.BinarySearch(hash);
        if (place >= 0)
        {
            return false;
        }

        _hashes.Insert(~place, hash);
        if (_hashes.Count > ExactLimit)
        {
            Promote();
        }

        return true;
    }

    /// <summary>Adds every visitor of another sketch.</summary>
    public void UnionWith(VisitorSketch other)
    {
        if (other._registers is null)
        {
            other._hashes?.ForEach(hash => Add(hash));
            return;
        }

        if (_registers is null)
        {
            Promote();
        }

        _registers!.UnionWith(other._registers);
    }

    /// <summary>The number of distinct visitors, exact up to <see cref="ExactLimit"/>.</summary>
    public long Estimate() => _registers is null ? _hashes?.Count ?? 0 : _registers.Estimate();

    /// <summary>At most 4,097 bytes: a form byte, then the sorted hashes (little-endian) or the registers.</summary>
    public byte[] ToBytes()
    {
        if (_registers is not null)
        {
            return [RegisterForm, .. _registers.Registers];
        }

        var hashes = CollectionsMarshal.AsSpan(_hashes);
        var bytes = new byte[1 + (hashes.Length * sizeof(ulong))];
        bytes[0] = ExactForm;
        for (var i = 0; i < hashes.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1 + (i * sizeof(ulong))), hashes[i]);
        }

        return bytes;
    }

    private void Promote()
    {
        _registers = new HyperLogLog();
        foreach (var hash in CollectionsMarshal.AsSpan(_hashes))
        {
            _registers.Add(hash);
        }

        _hashes = null;
    }
}
