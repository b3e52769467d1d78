using CsCheck;
using Hearth.Grains.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Tests.Categories;

public sealed class CategoryPlacementTests
{
    private static readonly Gen<int[]> Positions = Gen.OneOf(Gen.Int[-3, 6], Gen.Const(int.MaxValue), Gen.Const(int.MinValue), Gen.Const(int.MaxValue - 1)).Array[0, 8];

    [Fact]
    public void It_stands_where_it_was_put_and_the_others_keep_their_order() => Gen.Select(Positions, Gen.Int[0, 8]).Sample((positions, place) =>
    {
        var siblings = positions.Order().Select((position, at) => new CategoryRow($"s{at}", "parent", "name", position)).ToList();
        var at = Math.Min(place, siblings.Count);

        var changed = CategoryPlacement.Place(siblings, new CategoryRow("moved", "parent", "name", 3), at).ToDictionary(row => row.Id);

        var expected = siblings.Select(row => row.Id).ToList();
        expected.Insert(at, "moved");
        var order = siblings.Select(row => changed.GetValueOrDefault(row.Id, row)).Append(changed["moved"]).OrderBy(row => row.Position).ThenBy(row => row.Id, StringComparer.Ordinal);
        Assert.Equal(expected, order.Select(row => row.Id));
    });

    [Fact]
    public void Two_neighbours_that_change_places_are_all_that_changes()
    {
        CategoryRow[] siblings = [Row("a", 0), Row("c", 2), Row("d", 3)];

        var changed = CategoryPlacement.Place(siblings, Row("b", 1), 0);

        Assert.Equal([Row("b", 0), Row("a", 1)], changed);
    }

    [Fact]
    public void A_gap_is_used()
    {
        CategoryRow[] siblings = [Row("a", 0), Row("c", 10)];

        Assert.Equal([Row("b", 10), Row("c", 11)], CategoryPlacement.Place(siblings, Row("b", 99), 1));
        Assert.Equal([Row("b", 11)], CategoryPlacement.Place(siblings, Row("b", 99), 2));
    }

    private static CategoryRow Row(string id, int position) => new(id, null, id, position);
}
