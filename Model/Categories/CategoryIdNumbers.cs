namespace Hearth.Model.Categories;

/// <summary>
/// Numbers ids in the order in which they are met, as a row's own or as that of a parent whose row comes later. A slot holds
/// a number and the hash of its id, so that growing and colliding read no text.
/// </summary>
internal sealed class CategoryIdNumbers(int capacity)
{
    private readonly Utf8ColumnWriter _ids = new(capacity);
    private ulong[] _slots = new ulong[CategoryIdIndex.SlotsFor(capacity)];

    public int Count => _ids.Count;

    /// <summary>The id as <see cref="JsonId"/> writes it.</summary>
    public ReadOnlySpan<byte> this[int number] => _ids[number];

    /// <summary>The number of an id, which gets the next one where it has none.</summary>
    public int NumberOf(ReadOnlySpan<byte> id)
    {
        var (hash, mask) = (CategoryIdIndex.Hash(id), _slots.Length - 1);
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var slot = _slots[at];
            if (slot == 0)
            {
                _slots[at] = Slot(hash, _ids.Add(id));
                GrowWhereHalfFull();
                return Count - 1;
            }

            if ((uint)(slot >> 32) == hash && _ids[NumberIn(slot)].SequenceEqual(id))
            {
                return NumberIn(slot);
            }
        }
    }

    /// <summary>The ids in the order of their places, and what finds them there.</summary>
    /// <param name="order">The number of each place.</param>
    /// <param name="places">The place of each number; negative for none.</param>
    public (Utf8Column Ids, CategoryIdIndex Index) Place(int[] order, int[] places)
    {
        var ids = _ids.Pick(order);
        return (ids, order.Length == Count ? CategoryIdIndex.Of(_slots, slot => slot == 0 ? 0 : places[NumberIn(slot)] + 1) : CategoryIdIndex.Of(ids));
    }

    private static ulong Slot(uint hash, int number) => ((ulong)hash << 32) | (uint)(number + 1);

    private static int NumberIn(ulong slot) => (int)(uint)slot - 1;

    private void GrowWhereHalfFull()
    {
        if (CategoryIdIndex.SlotsFor(Count) <= _slots.Length)
        {
            return;
        }

        var (old, mask) = (_slots, CategoryIdIndex.SlotsFor(Count) - 1);
        _slots = new ulong[mask + 1];
        foreach (var slot in old)
        {
            if (slot != 0)
            {
                var at = (int)(slot >> 32) & mask;
                while (_slots[at] != 0)
                {
                    at = (at + 1) & mask;
                }

                _slots[at] = slot;
            }
        }
    }
}
