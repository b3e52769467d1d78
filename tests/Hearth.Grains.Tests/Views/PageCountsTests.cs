using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

public sealed class PageCountsTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly DateOnly LongAgo = new(2019, 5, 1);

    private readonly PageState _state = new();
    private readonly PageCounts _counts;

    public PageCountsTests() => _counts = new PageCounts(_state, maxLocations: 3);

    [Fact]
    public void Entries_at_or_below_the_applied_offset_are_skipped()
    {
        Apply(5, 0, View(Today));
        Apply(5, 0, View(Today));
        Apply(4, 0, View(Today));

        Assert.Equal(1, _counts.Views);
        Assert.Equal(5, _counts.AppliedIn(0));
    }

    [Fact]
    public void Partitions_have_offsets_of_their_own()
    {
        Apply(5, 0, View(Today));
        _counts.Apply(1, 0, [new ViewEntry(3, [View(Today)])]);

        Assert.Equal(2, _counts.Views);
    }

    [Fact]
    public void A_page_that_lacks_the_previous_offset_says_so_and_counts_nothing()
    {
        Apply(5, 0, View(Today));

        Assert.Equal(ApplyResult.Behind, _counts.Apply(0, 6, [new ViewEntry(7, [View(Today)])]));
        Assert.Equal(1, _counts.Views);
    }

    [Fact]
    public void Locations_past_the_bound_count_as_other()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(Today, "A"), View(Today, "B"), View(Today, "C"), View(Today, "D"), View(Today, "E"), View(Today, "A"));

        var locations = _counts.Locations(new DayRange(Today, Today)).OrderBy(count => count.Location, StringComparer.Ordinal);

        Assert.Equal([("A", 2L), ("B", 1), ("C", 1), ("other", 2)], locations.Select(count => (count.Location, count.Views)));
    }

    [Fact]
    public void Only_what_was_persisted_is_flushed()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(Today));
        Assert.Empty(_counts.Unflushed().Rows);

        _counts.MarkPersisted();
        Apply(2, 0, View(Today));

        Assert.Equal(1, Assert.Single(_counts.Unflushed().Rows).Views);
        Assert.Equal(1, Assert.Single(_counts.Unflushed().Days).Views);
    }

    [Fact]
    public void A_day_on_top_of_unread_rows_is_not_flushed_before_they_are_merged_and_persisted()
    {
        Apply(1, 0, View(Today));
        _counts.MarkPersisted();
        Assert.Empty(_counts.Unflushed().Rows);

        _counts.Merge(new PageBase(10, 0, Today, [new PageViewRow(Today, "", 10, 0, new VisitorSketch().ToBytes())]));
        Assert.True(_counts.HasUnpersistedMerge);
        Assert.Equal(11, _counts.Views);
        _counts.MarkPersisted();

        Assert.Equal(11, Assert.Single(_counts.Unflushed().Rows).Views);
    }

    [Fact]
    public void Flushed_old_days_leave_and_a_late_view_asks_for_their_rows()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(LongAgo, visitor: 1), View(Today, visitor: 1));
        Persist();
        var row = _counts.Unflushed().Rows.Single(row => row.Day == LongAgo);
        _counts.Flushed([new FlushMark(LongAgo, "", 1)], Today);

        Assert.False(_counts.Holds(LongAgo));
        Assert.True(_counts.HasColdDays(new DayRange(LongAgo, LongAgo)));
        Assert.Equal((2, 2), (_counts.Views, _counts.Visitors));

        Apply(2, 0, View(LongAgo, visitor: 1), View(LongAgo, visitor: 2));
        Assert.Equal([LongAgo], _counts.UnmergedDays);
        _counts.Merge(new PageBase(0, 0, null, [row]));

        Assert.Equal((4, 3), (_counts.Views, _counts.Visitors));
        Assert.Equal(new DayCount(LongAgo, 3, 2), Assert.Single(_counts.Days(new DayRange(LongAgo, LongAgo))));
    }

    [Fact]
    public void Visitors_of_two_locations_count_once_a_day()
    {
        Apply(1, 0, View(Today, "A", visitor: 7), View(Today, "B", visitor: 7), View(Today, "B", visitor: 8), View(Today, "B"));

        Assert.Equal(2, _counts.Visitors);
    }

    private static PageView View(DateOnly day, string location = "", ulong? visitor = null) => new(day, location, visitor, 1);

    private void Apply(long offset, long previousOffset, params PageView[] views) =>
        Assert.Equal(ApplyResult.Done, _counts.Apply(0, previousOffset, [new ViewEntry(offset, [.. views])]));

    private void Persist() => _counts.MarkPersisted();
}
