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

    public PageCountsTests() => _counts = new PageCounts(_state, new ViewLimits(3, 3, 3));

    [Fact]
    public void Entries_at_or_below_the_applied_offset_are_skipped()
    {
        Apply(5, 0, View(Today));
        Apply(5, 0, View(Today));
        Apply(4, 0, View(Today));

        Assert.Equal(1, _counts.Views(Traffic.Human));
        Assert.Equal(5, _counts.AppliedIn(0));
    }

    [Fact]
    public void Partitions_have_offsets_of_their_own()
    {
        Apply(5, 0, View(Today));
        _counts.Apply(1, 0, [new ViewEntry(3, [View(Today)])]);

        Assert.Equal(2, _counts.Views(Traffic.Human));
    }

    [Fact]
    public void A_page_that_lacks_the_previous_offset_says_so_and_counts_nothing()
    {
        Apply(5, 0, View(Today));

        Assert.Equal(ApplyResult.Behind, _counts.Apply(0, 6, [new ViewEntry(7, [View(Today)])]));
        Assert.Equal(1, _counts.Views(Traffic.Human));
    }

    [Fact]
    public void Locations_past_the_bound_count_as_other()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(Today, "A"), View(Today, "B"), View(Today, "C"), View(Today, "D"), View(Today, "E"), View(Today, "A"));

        var locations = Day(Today).Breakdown(ViewDimension.Location, Traffic.Human).OrderBy(row => row.Value, StringComparer.Ordinal);

        Assert.Equal([("A", 2L), ("B", 1), ("C", 1), ("other", 2)], locations.Select(location => (location.Value, location.Row.Views)));
    }

    [Fact]
    public void A_day_is_broken_down_by_referrer_from_the_first_view_that_names_one()
    {
        Apply(1, 0, View(Today, visitor: 1), View(Today, visitor: 2));
        Assert.DoesNotContain(Day(Today).Slices.Keys, slice => slice.Dimension == ViewDimension.Referrer);
        Assert.Equal([("", 2L, 2L)], Referrers());

        Apply(2, 0, View(Today, visitor: 2) with { Referrer = "a.example" }, View(Today, visitor: 3));

        Assert.Equal([("", 3L, 3L), ("a.example", 1L, 1L)], Referrers());
    }

    [Fact]
    public void Where_the_rows_or_what_came_on_top_name_no_referrer_all_of_those_have_none()
    {
        var (withReferrers, without) = (new PageDay { Merged = true }, new PageDay { Merged = true });
        withReferrers.Add(View(Today, visitor: 1) with { Referrer = "a.example" }, new ViewLimits(9, 9, 9));
        withReferrers.Add(View(Today, visitor: 2), new ViewLimits(9, 9, 9));
        without.Add(View(Today, visitor: 3), new ViewLimits(9, 9, 9));
        without.Add(View(Today, visitor: 3), new ViewLimits(9, 9, 9));

        Assert.Equal([("", 3L, 2L), ("a.example", 1L, 1L)], Referrers(Merged(withReferrers, without)));
        Assert.Equal([("", 3L, 2L), ("a.example", 1L, 1L)], Referrers(Merged(without, withReferrers)));
        Assert.Equal([("", 4L, 1L)], Referrers(Merged(without, without)));
        Assert.Equal([("", 2L, 1L), ("a.example", 2L, 1L)], Referrers(Merged(withReferrers, withReferrers)));
    }

    [Fact]
    public void Bots_count_apart_and_have_no_visitors()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(Today, "DE", visitor: 1), View(Today, "DE") with { Traffic = Traffic.Bot }, View(Today, "FR") with { Traffic = Traffic.Bot });
        Persist();

        Assert.Equal((1, 2, 3), (_counts.Views(Traffic.Human), _counts.Views(Traffic.Bot), _counts.Views(null)));
        Assert.Equal((1, 0), (_counts.Visitors(Traffic.Human), _counts.Visitors(Traffic.Bot)));
        var day = Assert.Single(_counts.Unflushed().Days);
        Assert.Equal((1, 1, 2), (day.Views, day.Visitors, day.BotViews));
    }

    [Fact]
    public void Visitors_whose_sketch_is_no_longer_kept_stay_and_later_ones_come_on_top()
    {
        Apply(1, 0, View(LongAgo, visitor: 1), View(LongAgo, visitor: 2));
        _counts.Merge(new PageBase(50, 40, LongAgo, [new PageViewRow(LongAgo, ViewSlice.OfLocation(""), 50, 40, [])]));
        Persist();

        Assert.Equal((52, 42), (_counts.Views(Traffic.Human), _counts.Visitors(Traffic.Human)));
        Assert.Null(Day(LongAgo).WholeSketch());
        var row = _counts.Unflushed().Rows.Single(row => row.Slice == ViewSlice.OfLocation(""));
        Assert.Equal((42, 0), (row.Visitors, row.Sketch.Length));
    }

    [Fact]
    public void A_page_that_was_forgotten_skips_what_the_log_holds_and_has_its_rows_removed_once()
    {
        _counts.Merge(new PageBase(10, 5, Today.AddDays(-30), []));
        Apply(1, 0, View(Today), View(Today), View(Today));
        Persist();
        var flushing = _counts.Unflushed();

        _counts.Forget([(0, 7)]);
        Apply(7, 0, View(Today));
        Apply(8, 7, View(Today));
        Persist();
        _counts.Flushed([.. flushing.Rows.Select(FlushMark.Of)], Today);

        Assert.Equal(1, _counts.Views(Traffic.Human));
        var again = _counts.Unflushed();
        Assert.True(again.IsForgotten);
        Assert.Equal(1, again.Rows.Single(row => row.Slice == ViewSlice.OfLocation("")).Views);

        _counts.Flushed([.. again.Rows.Select(FlushMark.Of)], Today);
        Assert.False(_counts.Unflushed().IsForgotten);
        Assert.Empty(_counts.Unflushed().Rows);

        Apply(9, 8, View(Today));
        Persist();
        Assert.Equal(2, _counts.Unflushed().Rows.Single(row => row.Slice == ViewSlice.OfLocation("")).Views);
    }

    [Fact]
    public void Only_what_was_persisted_is_flushed()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(Today));
        Assert.Empty(_counts.Unflushed().Rows);

        _counts.MarkPersisted();
        Apply(2, 0, View(Today));

        Assert.All(_counts.Unflushed().Rows, row => Assert.Equal(1, row.Views));
        Assert.Equal(1, Assert.Single(_counts.Unflushed().Days).Views);
    }

    [Fact]
    public void A_day_on_top_of_unread_rows_is_not_flushed_before_they_are_merged_and_persisted()
    {
        Apply(1, 0, View(Today));
        _counts.MarkPersisted();
        Assert.Empty(_counts.Unflushed().Rows);

        _counts.Merge(new PageBase(10, 0, Today, [new PageViewRow(Today, ViewSlice.OfLocation(""), 10, 0, new VisitorSketch().ToBytes())]));
        Assert.True(_counts.HasUnpersistedMerge);
        Assert.Equal(11, _counts.Views(Traffic.Human));
        _counts.MarkPersisted();

        Assert.Equal(11, _counts.Unflushed().Rows.Single(row => row.Slice == ViewSlice.OfLocation("")).Views);
    }

    [Fact]
    public void Flushed_old_days_leave_and_a_late_view_asks_for_their_rows()
    {
        _counts.Merge(new PageBase(0, 0, null, []));
        Apply(1, 0, View(LongAgo, visitor: 1), View(Today, visitor: 1));
        Persist();
        var rows = _counts.Unflushed().Rows.Where(row => row.Day == LongAgo).ToArray();
        _counts.Flushed([.. rows.Select(FlushMark.Of)], Today);

        Assert.False(_counts.Holds(LongAgo));
        Assert.True(_counts.HasColdDays(new DayRange(LongAgo, LongAgo)));
        Assert.Equal((2, 2), (_counts.Views(Traffic.Human), _counts.Visitors(Traffic.Human)));

        Apply(2, 0, View(LongAgo, visitor: 1), View(LongAgo, visitor: 2));
        Assert.Equal([LongAgo], _counts.UnmergedDays);
        _counts.Merge(new PageBase(0, 0, null, [.. rows]));

        Assert.Equal((4, 3), (_counts.Views(Traffic.Human), _counts.Visitors(Traffic.Human)));
        Assert.Equal((3, 2), (Day(LongAgo).Views(Traffic.Human), Day(LongAgo).Visitors));
    }

    [Fact]
    public void Visitors_of_two_locations_count_once_a_day()
    {
        Apply(1, 0, View(Today, "A", visitor: 7), View(Today, "B", visitor: 7), View(Today, "B", visitor: 8), View(Today, "B"));

        Assert.Equal(2, _counts.Visitors(Traffic.Human));
    }

    private static PageDay Merged(PageDay day, PageDay delta)
    {
        var merged = new PageDay { Merged = true };
        merged.Add(day, new ViewLimits(9, 9, 9));
        merged.Add(delta, new ViewLimits(9, 9, 9));
        return merged;
    }

    private static IEnumerable<(string, long, long)> Referrers(PageDay day) => day.Breakdown(ViewDimension.Referrer, Traffic.Human)
        .OrderBy(row => row.Value, StringComparer.Ordinal).Select(row => (row.Value, row.Row.Views, row.Row.VisitorCount));

    private IEnumerable<(string, long, long)> Referrers() => Referrers(Day(Today));

    private PageDay Day(DateOnly day) => Assert.Single(_counts.Days(new DayRange(day, day))).Value;

    private static PageView View(DateOnly day, string location = "", ulong? visitor = null) => new(day, location, visitor, 1);

    private void Apply(long offset, long previousOffset, params PageView[] views) =>
        Assert.Equal(ApplyResult.Done, _counts.Apply(0, previousOffset, [new ViewEntry(offset, [.. views])]));

    private void Persist() => _counts.MarkPersisted();
}
