using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;

namespace Hearth.Grains.Tests.Views;

public sealed class LogProgressTests
{
    private readonly LogProgress _progress = new();

    [Fact]
    public void Each_page_gets_its_own_views_entry_by_entry()
    {
        var parts = _progress.Divide([Entry(1, "a", "b", "a"), Entry(2, "b"), Entry(3, "a")]);

        Assert.Equal(["a", "b"], parts.Select(part => part.Page));
        Assert.Equal([(1L, 2), (3, 1)], parts[0].Entries.Select(entry => (entry.Offset, entry.Views.Length)));
        Assert.Equal([(1L, 1), (2, 1)], parts[1].Entries.Select(entry => (entry.Offset, entry.Views.Length)));
    }

    [Fact]
    public void The_previous_offset_is_the_last_one_taken_since_the_checkpoint()
    {
        Take(Entry(1, "a", "b"), Entry(2, "a"));
        var next = _progress.Divide([Entry(3, "a", "b", "c")]);
        Assert.Equal([2L, 1, 0], next.Select(part => part.PreviousOffset));

        _progress.Checkpointed();

        Assert.All(_progress.Divide([Entry(3, "a", "b")]), part => Assert.Equal(0, part.PreviousOffset));
        Assert.Equal(2, _progress.Position);
    }

    [Fact]
    public void A_rewind_starts_from_the_first_entry_held()
    {
        Take(Entry(1, "a"));

        _progress.Rewind();

        Assert.Equal((0, 0, 0), (_progress.Position, _progress.EntriesPassed, _progress.Taken.Count));
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
