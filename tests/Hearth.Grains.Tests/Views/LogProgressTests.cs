using System.Collections.Immutable;
using Hearth.Grains.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

public sealed class LogProgressTests
{
    private readonly LogProgress _progress = new();

    [Fact]
    public void Each_page_gets_its_own_views_entry_by_entry()
    {
        var parts = _progress.Divide([Entry(1, "a", "b", "a"), Entry(2, "b"), Entry(3, "a")]);

        Assert.Equal([SiteViews.Id, "a", "b"], parts.Select(part => part.Page));
        Assert.Equal([(1L, 3), (2, 1), (3, 1)], parts[0].Entries.Select(entry => (entry.Offset, entry.Views.Length)));
        Assert.Equal([(1L, 2), (3, 1)], parts[1].Entries.Select(entry => (entry.Offset, entry.Views.Length)));
        Assert.Equal([(1L, 1), (2, 1)], parts[2].Entries.Select(entry => (entry.Offset, entry.Views.Length)));
    }

    [Fact]
    public void The_previous_offset_is_the_last_one_taken_since_the_checkpoint()
    {
        Take(Entry(1, "a", "b"), Entry(2, "a"));
        var next = _progress.Divide([Entry(3, "a", "b", "c")]);
        Assert.Equal([2L, 2, 1, 0], next.Select(part => part.PreviousOffset));

        _progress.Checkpointed(_progress.Trim());

        Assert.All(_progress.Divide([Entry(3, "a", "b")]), part => Assert.Equal(0, part.PreviousOffset));
        Assert.Equal(2, _progress.Position);
    }

    [Fact]
    public void Where_no_page_is_deferred_everything_passed_may_go()
    {
        Take(Entry(1, "a"), Entry(7, "b"));

        var trim = _progress.Trim();

        Assert.Equal((7, 7, 0), (trim.Offset, trim.Before, trim.Entries.Length));
        Assert.Equal(2, _progress.Checkpointed(trim));
        Assert.Equal((7, 0, 0, 0), (_progress.Position, _progress.EntriesPassed, _progress.EntriesHeld, _progress.Taken.Count));
    }

    [Fact]
    public void A_deferred_page_gets_nothing_and_only_what_it_lacks_stays()
    {
        _progress.Defer("x");
        Take(Entry(1, "a"), Entry(2, "a", "x"), Entry(3, "a"), Entry(4, "x"), Entry(5, "b"));

        var trim = _progress.Trim();

        Assert.Equal(["x"], _progress.Deferred);
        Assert.Equal([SiteViews.Id, "a", "b"], _progress.Taken.Keys);
        Assert.Equal((5, 1), (trim.Offset, trim.Before));
        Assert.Equal([3L, 5], trim.Entries);
        Assert.Equal(3, _progress.Checkpointed(trim));
        Assert.Equal(2, _progress.EntriesHeld);
    }

    [Fact]
    public void A_page_that_took_something_since_the_checkpoint_keeps_everything_since()
    {
        Take(Entry(1, "x"), Entry(2, "a"));
        _progress.Defer("x");

        var trim = _progress.Trim();

        Assert.Equal((2, 0, 0), (trim.Offset, trim.Before, trim.Entries.Length));
        Assert.Equal([SiteViews.Id, "a"], _progress.Taken.Keys);
    }

    [Fact]
    public void A_page_that_has_caught_up_counts_as_one_that_took_its_part()
    {
        _progress.Defer("x");
        Take(Entry(1, "a", "x"), Entry(2, "a"));
        var part = Assert.Single(_progress.Divide([Entry(1, "a", "x"), Entry(2, "a"), Entry(3, "x")], new Dictionary<string, long> { ["x"] = 0 }));
        Assert.Equal((0, 1), (part.PreviousOffset, Assert.Single(part.Entries).Offset));

        _progress.CaughtUp("x", 1);

        Assert.Empty(_progress.Deferred);
        Assert.Equal(1, _progress.Taken["x"]);
        Assert.Equal(1, _progress.Divide([Entry(3, "x")]).Single(page => page.Page == "x").PreviousOffset);
        Assert.Equal(2, _progress.Trim().Before);
    }

    private static LogEntry Entry(long offset, params string[] pages) =>
        new(offset, default, [.. pages.Select(page => new LoggedView(page, new PageView(new DateOnly(2026, 11, 22), "", null, 1)))]);

    private void Take(params ImmutableArray<LogEntry> entries)
    {
        foreach (var part in _progress.Divide(entries))
        {
            _progress.Took(part);
        }

        _progress.Passed(entries);
    }
}
