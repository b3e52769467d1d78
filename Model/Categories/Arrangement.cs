namespace Hearth.Model.Categories;

/// <summary>
/// How the places of one pre-order lead to those of the next: runs of the old order in their new order, of which one may
/// be a single new place. An edit of a tree is a few runs, so that its cost is that of copying them.
/// </summary>
internal sealed class Arrangement
{
    private readonly Run[] _runs;

    private Arrangement(params Run[] runs)
    {
        _runs = Array.FindAll(runs, run => run.Length > 0);
        foreach (ref var run in _runs.AsSpan())
        {
            run = run with { To = Count };
            Count += run.Length;
        }
    }

    /// <summary>A run of old places, and where it starts in the new order. The new place is <see cref="IsNew"/>.</summary>
    public readonly record struct Run(int Start, int Length, int To)
    {
        public bool IsNew => Start < 0;
    }

    /// <summary>How many places there are afterwards.</summary>
    public int Count { get; }

    public ReadOnlySpan<Run> Runs => _runs;

    /// <summary>A new place before an old one.</summary>
    public static Arrangement Insert(int count, int before) => new(Old(0, before), new Run(-1, 1, 0), Old(before, count));

    /// <summary>Without the places from one to before another.</summary>
    public static Arrangement Remove(int count, int from, int end) => new(Old(0, from), Old(end, count));

    /// <summary>The places from one to before another go before a third, which is not between them.</summary>
    public static Arrangement Move(int count, int from, int end, int before) => before <= from
        ? new(Old(0, before), Old(from, end), Old(before, from), Old(end, count))
        : new(Old(0, from), Old(end, before), Old(from, end), Old(before, count));

    /// <summary>The new place of an old one; -1 where it is gone, and for -1.</summary>
    public int Map(int place)
    {
        foreach (ref readonly var run in _runs.AsSpan())
        {
            if ((uint)(place - run.Start) < (uint)run.Length && !run.IsNew)
            {
                return place - run.Start + run.To;
            }
        }

        return -1;
    }

    /// <summary>Brings the values of the old places to the new ones; the new place has zero.</summary>
    public int[] Carry(int[] values)
    {
        var carried = new int[Count];
        foreach (ref readonly var run in _runs.AsSpan())
        {
            if (!run.IsNew)
            {
                Array.Copy(values, run.Start, carried, run.To, run.Length);
            }
        }

        return carried;
    }

    private static Run Old(int start, int end) => new(start, end - start, 0);
}
