namespace Hearth.Model.Categories;

/// <summary>
/// Texts in UTF-8, one behind the other in a single array, so that neighbours are one slice and the garbage collector
/// has nothing to follow. Immutable; holds up to 2 GiB.
/// </summary>
internal sealed class Utf8Column
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    /// <param name="bytes">The texts.</param>
    /// <param name="starts">Where each starts, and where the last ends.</param>
    public Utf8Column(byte[] bytes, int[] starts) => (_bytes, _starts) = (bytes, starts);

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<byte> this[int at] => _bytes.AsSpan(_starts[at].._starts[at + 1]);

    /// <summary>The texts from one to before another, as they stand together.</summary>
    public ReadOnlyMemory<byte> Slice(int from, int end) => _bytes.AsMemory(_starts[from].._starts[end]);

    /// <summary>The texts as places are arranged anew, and the text of the new place.</summary>
    public Utf8Column Arrange(Arrangement plan, ReadOnlySpan<byte> added)
    {
        var starts = new int[plan.Count + 1];
        var bytes = GC.AllocateUninitializedArray<byte>(LengthOf(plan, added.Length));
        var end = 0;
        foreach (ref readonly var run in plan.Runs)
        {
            var texts = run.IsNew ? added : Slice(run.Start, run.Start + run.Length).Span;
            texts.CopyTo(bytes.AsSpan(end));
            if (run.IsNew)
            {
                starts[run.To] = end;
            }
            else
            {
                var shift = end - _starts[run.Start];
                for (var i = 0; i < run.Length; i++)
                {
                    starts[run.To + i] = _starts[run.Start + i] + shift;
                }
            }

            end += texts.Length;
        }

        starts[^1] = end;
        return new Utf8Column(bytes, starts);
    }

    /// <summary>The texts with another in one place.</summary>
    public Utf8Column Replace(int at, ReadOnlySpan<byte> text)
    {
        var shift = text.Length - this[at].Length;
        var bytes = GC.AllocateUninitializedArray<byte>(checked(_bytes.Length + shift));
        _bytes.AsSpan(0, _starts[at]).CopyTo(bytes);
        text.CopyTo(bytes.AsSpan(_starts[at]));
        _bytes.AsSpan(_starts[at + 1]).CopyTo(bytes.AsSpan(_starts[at] + text.Length));
        var starts = (int[])_starts.Clone();
        foreach (ref var start in starts.AsSpan(at + 1))
        {
            start += shift;
        }

        return new Utf8Column(bytes, starts);
    }

    private int LengthOf(Arrangement plan, int added)
    {
        var length = 0;
        foreach (ref readonly var run in plan.Runs)
        {
            length = checked(length + (run.IsNew ? added : _starts[run.Start + run.Length] - _starts[run.Start]));
        }

        return length;
    }
}
