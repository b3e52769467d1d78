using System.Runtime.InteropServices;

namespace Hearth.Model.Categories;

/// <summary>Texts that come one after another, on their way to a <see cref="Utf8Column"/>.</summary>
internal sealed class Utf8ColumnWriter
{
    private const int LikelyBytes = 16;
    private const int MinBytes = 1024;

    private readonly List<int> _starts;
    private byte[] _bytes;

    /// <param name="capacity">How many texts are likely to come.</param>
    public Utf8ColumnWriter(int capacity)
    {
        _starts = new List<int>(capacity + 1) { 0 };
        _bytes = GC.AllocateUninitializedArray<byte>((int)Math.Clamp((long)capacity * LikelyBytes, MinBytes, Array.MaxLength));
    }

    public int Count => _starts.Count - 1;

    public ReadOnlySpan<byte> this[int at] => _bytes.AsSpan(_starts[at].._starts[at + 1]);

    /// <summary>Adds a text; returns its number.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        var start = _starts[^1];
        var end = checked(start + text.Length);
        if (end > _bytes.Length)
        {
            var grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(end, 2L * _bytes.Length), Array.MaxLength));
            _bytes.AsSpan(0, start).CopyTo(grown);
            _bytes = grown;
        }

        text.CopyTo(_bytes.AsSpan(start));
        _starts.Add(end);
        return _starts.Count - 2;
    }

    /// <summary>The texts in another order; those that are not in it are left out.</summary>
    public Utf8Column Pick(ReadOnlySpan<int> order)
    {
        var from = CollectionsMarshal.AsSpan(_starts);
        var starts = new int[order.Length + 1];
        var bytes = GC.AllocateUninitializedArray<byte>(order.Length == Count ? from[^1] : LengthOf(order));
        var end = 0;
        for (var at = 0; at < order.Length; at++)
        {
            var start = from[order[at]];
            var text = _bytes.AsSpan(start, from[order[at] + 1] - start);
            text.CopyTo(bytes.AsSpan(end));
            starts[at + 1] = end += text.Length;
        }

        return new Utf8Column(bytes, starts);
    }

    private int LengthOf(ReadOnlySpan<int> order)
    {
        var length = 0;
        foreach (var at in order)
        {
            length += _starts[at + 1] - _starts[at];
        }

        return length;
    }
}
