using System.IO.Hashing;
using System.Numerics;

namespace Hearth.Model.Categories;

/// <summary>
/// Finds a place by id, in a hash table that holds the places alone (open addressing, linear probing, at most half
/// full): 8 to 16 bytes an id. The hash is seeded, so that nobody can choose ids that collide.
/// </summary>
internal sealed class CategoryIdIndex
{
    private const int MinSlots = 8;

    private static readonly long Seed = Random.Shared.NextInt64();

    private readonly int[] _slots;

    private CategoryIdIndex(int[] slots) => _slots = slots;

    /// <summary>Returns the place of an id, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id, Utf8Column ids) => _slots[Slot(_slots, id, ids)] - 1;

    /// <summary>The table that has places where another has something else.</summary>
    /// <param name="others">The other's slots.</param>
    /// <param name="placeAfter">What becomes of a slot: 0, or the place and one more.</param>
    public static CategoryIdIndex Of(ulong[] others, Func<ulong, int> placeAfter)
    {
        var slots = GC.AllocateUninitializedArray<int>(others.Length);
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = placeAfter(others[i]);
        }

        return new CategoryIdIndex(slots);
    }

    /// <summary>The table after an edit.</summary>
    /// <param name="plan">How places move.</param>
    /// <param name="before">The ids by old place.</param>
    /// <param name="after">The ids by new place.</param>
    /// <param name="removed">The old places that are gone.</param>
    public CategoryIdIndex Arrange(Arrangement plan, Utf8Column before, Utf8Column after, Range removed)
    {
        if (SlotsFor(after.Count) > _slots.Length)
        {
            return Of(after);
        }

        var slots = (int[])_slots.Clone();
        for (var place = removed.Start.Value; place < removed.End.Value; place++)
        {
            Remove(slots, place, before);
        }

        foreach (ref var slot in slots.AsSpan())
        {
            slot = slot == 0 ? 0 : plan.Map(slot - 1) + 1;
        }

        foreach (ref readonly var run in plan.Runs)
        {
            if (run.IsNew)
            {
                Add(slots, run.To, after);
            }
        }

        return new CategoryIdIndex(slots);
    }

    /// <summary>The table of ids that are all different.</summary>
    public static CategoryIdIndex Of(Utf8Column ids)
    {
        var slots = new int[SlotsFor(ids.Count)];
        for (var place = 0; place < ids.Count; place++)
        {
            Add(slots, place, ids);
        }

        return new CategoryIdIndex(slots);
    }

    /// <summary>How many slots so many ids have at least: each id has one, and as many are free.</summary>
    public static int SlotsFor(int ids) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(MinSlots, checked(ids * 2)));

    /// <summary>Where an id is looked for first, before the number of slots limits it.</summary>
    public static uint Hash(ReadOnlySpan<byte> id) => (uint)XxHash3.HashToUInt64(id, Seed);

    private static void Add(int[] slots, int place, Utf8Column ids) => slots[Slot(slots, ids[place], ids)] = place + 1;

    private static int Home(int[] slots, ReadOnlySpan<byte> id) => (int)Hash(id) & (slots.Length - 1);

    private static int Slot(int[] slots, ReadOnlySpan<byte> id, Utf8Column ids)
    {
        var slot = Home(slots, id);
        while (slots[slot] != 0 && !ids[slots[slot] - 1].SequenceEqual(id))
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    /// <summary>Closes the gap by moving back what probed past it, so that no mark of the removed one is left (Knuth, 6.4, algorithm R).</summary>
    private static void Remove(int[] slots, int place, Utf8Column ids)
    {
        var mask = slots.Length - 1;
        var gap = Slot(slots, ids[place], ids);
        for (var next = (gap + 1) & mask; slots[next] != 0; next = (next + 1) & mask)
        {
            var home = Home(slots, ids[slots[next] - 1]);
            if (((next - home) & mask) >= ((next - gap) & mask))
            {
                slots[gap] = slots[next];
                gap = next;
            }
        }

        slots[gap] = 0;
    }
}
