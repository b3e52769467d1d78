using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.Grains.Tests.Views;

/// <summary>A model of the tables of page views.</summary>
internal sealed class ModelDatabase
{
    private readonly Dictionary<(string Page, DateOnly Day, ViewSlice Slice), PageViewRow> _rows = [];
    private readonly Dictionary<(string Page, DateOnly Day), PageDayRow> _days = [];

    public bool IsDown { get; set; }

    public IReadOnlyDictionary<(string Page, DateOnly Day, ViewSlice Slice), PageViewRow> Rows => _rows;

    public IEnumerable<PageDayRow> DaysOf(string page) => _days.Where(day => day.Key.Page == page).Select(day => day.Value);

    public void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new StoreUnavailableException("The database is down.");
        }
    }

    public void Upsert(string page, UnflushedRows unflushed)
    {
        ThrowIfDown();
        if (unflushed.IsForgotten)
        {
            Remove(page);
        }

        foreach (var row in unflushed.Rows.Where(row => !_rows.TryGetValue((page, row.Day, row.Slice), out var held) || held.Views <= row.Views))
        {
            _rows[(page, row.Day, row.Slice)] = row;
        }

        foreach (var day in unflushed.Days.Where(day => !_days.TryGetValue((page, day.Day), out var held) || (held.Views <= day.Views && held.BotViews <= day.BotViews)))
        {
            _days[(page, day.Day)] = day;
        }
    }

    public void Remove(string page)
    {
        _rows.Keys.Where(row => row.Page == page).ToList().ForEach(row => _rows.Remove(row));
        _days.Keys.Where(day => day.Page == page).ToList().ForEach(day => _days.Remove(day));
    }

    public PageBase ReadBase(string page, IReadOnlyCollection<DateOnly> unmerged)
    {
        ThrowIfDown();
        var days = DaysOf(page).ToList();
        return new PageBase(
            days.Sum(day => day.Views), days.Sum(day => day.Visitors), days.Count == 0 ? null : days.Max(day => day.Day),
            [.. _rows.Where(row => row.Key.Page == page && unmerged.Contains(row.Key.Day)).Select(row => row.Value)], days.Sum(day => day.BotViews));
    }
}
