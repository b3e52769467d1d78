using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Hearth.Model.Views;

/// <summary>
/// Counts distinct visitors from 64-bit hashes of them: exactly up to <see cref="ExactLimit"/>, then by a HyperLogLog of
/// 4,096 registers with a standard error of 1.04 / √4096 = 1.63 %. Unions lose nothing.
/// </summary>
/// <remarks>
/// HyperLogLog: Flajolet, Fusy, Gandouet and Meunier, 2007. Estimator: Ertl, "New cardinality estimation algorithms for
/// HyperLogLog sketches", 2017, algorithm 6, which needs no bias tables and holds over the whole range.
/// </remarks>
public sealed class VisitorSketch
{
    /// <summary>How many visitors are held exactly, as the sorted hashes themselves.</summary>
    public const int ExactLimit = 128;

    private const int IndexBits = 12;
    private const int RegisterCount = 1 << IndexBits;
    private const int MaxRank = 64 - IndexBits + 1;
    private const byte ExactForm = 1;
    private const byte RegisterForm = 2;

    private List<ulong>? _hashes;
    private byte[]? _registers;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a sketch.</exception>
    public static VisitorSketch FromBytes(ReadOnlySpan<byte> bytes) =>
        TryFromBytes(bytes, out var sketch) ? sketch : throw new InvalidDataException("The stored visitor sketch is damaged.");

    /// <summary>Reads what <see cref="ToBytes"/> wrote; false where the bytes are not a sketch. No bytes are an empty one.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out VisitorSketch sketch)
    {
        sketch = new VisitorSketch();
        if (bytes is [RegisterForm, .. var registers] && registers.Length == RegisterCount)
        {
            sketch._registers = registers.ToArray();
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
            return Raise(hash);
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

        for (var i = 0; i < RegisterCount; i++)
        {
            _registers![i] = Math.Max(_registers[i], other._registers[i]);
        }
    }

    /// <summary>The number of distinct visitors, exact up to <see cref="ExactLimit"/>.</summary>
    public long Estimate() => _registers is null ? _hashes?.Count ?? 0 : (long)Math.Round(EstimateFromRegisters(_registers));

    /// <summary>At most 4,097 bytes: a form byte, then the sorted hashes (little-endian) or the registers.</summary>
    public byte[] ToBytes()
    {
        if (_registers is not null)
        {
            return [RegisterForm, .. _registers];
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
        _registers = new byte[RegisterCount];
        foreach (var hash in CollectionsMarshal.AsSpan(_hashes))
        {
            Raise(hash);
        }

        _hashes = null;
    }

    private bool Raise(ulong hash)
    {
        ref var register = ref _registers![hash >> (64 - IndexBits)];
        var rank = (byte)Math.Min(BitOperations.LeadingZeroCount(hash << IndexBits) + 1, MaxRank);
        if (rank <= register)
        {
            return false;
        }

        register = rank;
        return true;
    }

    private static double EstimateFromRegisters(byte[] registers)
    {
        Span<int> registersOfRank = stackalloc int[MaxRank + 1];
        foreach (var rank in registers)
        {
            registersOfRank[rank]++;
        }

        const double m = RegisterCount;
        var z = m * Tau(1 - (registersOfRank[MaxRank] / m));
        for (var rank = MaxRank - 1; rank >= 1; rank--)
        {
            z = 0.5 * (z + registersOfRank[rank]);
        }

        z += m * Sigma(registersOfRank[0] / m);
        return m * m / (2 * Math.Log(2) * z);
    }

    /// <summary>Ertl, 2017, equation 14: the correction for registers that are still zero.</summary>
    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double power = 1, sum = x, before;
        do
        {
            before = sum;
            x *= x;
            sum += x * power;
            power += power;
        }
        while (sum != before);
        return sum;
    }

    /// <summary>Ertl, 2017, equation 20: the correction for saturated registers.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double power = 1, sum = 1 - x, before;
        do
        {
            before = sum;
            x = Math.Sqrt(x);
            power *= 0.5;
            sum -= (1 - x) * (1 - x) * power;
        }
        while (sum != before);
        return sum / 3;
    }
}
