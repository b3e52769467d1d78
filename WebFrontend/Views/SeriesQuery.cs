using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Views;

/// <summary>What a caller asks of a series: the days, by what, and whose views.</summary>
internal sealed record SeriesQuery(DayRange Range, ViewDimension? By, Traffic? Traffic)
{
    private const int MaxDaysByHour = 62;

    public static SeriesQuery Of(DayRange range, string? by, string? traffic)
    {
        var query = new SeriesQuery(range, Dimension(by), ViewQuery.Traffic(traffic));
        return query.By == ViewDimension.Hour && query.Range.Length > MaxDaysByHour
            ? throw new InvalidRequestException("to", $"A range by hour has at most {MaxDaysByHour} days, and this one has {query.Range.Length}.")
            : query;
    }

    /// <summary>Every day and hour of the range stands in its series, whatever was viewed.</summary>
    public async Task<(long Views, long Visitors, IReadOnlyList<SeriesCount> Series)> Read(IPageGrain page, ViewCalendar calendar)
    {
        if (By is not { } dimension)
        {
            var days = await page.GetDays(Range, Traffic);
            return (days.Views, days.Visitors, [.. Days(days).Select(day => new SeriesCount(day.Views, day.Visitors) { Day = day.Day })]);
        }

        var found = await page.GetBreakdown(Range, dimension, Traffic);
        return (found.Views, found.Visitors, [.. (dimension == ViewDimension.Hour ? Hours(found, calendar) : found.Slices).Select(slice => Of(dimension, slice))]);
    }

    public IEnumerable<DayCount> Days(PageDaySeries found)
    {
        var days = found.Days.ToDictionary(day => day.Day);
        return Enumerable.Range(Range.First.DayNumber, Range.Length).Select(DateOnly.FromDayNumber)
            .Select(day => days.GetValueOrDefault(day, new DayCount(day, 0, 0)));
    }

    private IEnumerable<SliceCount> Hours(PageBreakdown found, ViewCalendar calendar)
    {
        var hours = found.Slices.ToDictionary(slice => slice.Value);
        var (first, last) = calendar.HoursOf(Range);
        return Enumerable.Range(first, last - first + 1).Select(ViewHour.ToText)
            .Select(hour => hours.GetValueOrDefault(hour, new SliceCount(hour, 0, 0)));
    }

    private static SeriesCount Of(ViewDimension dimension, SliceCount slice)
    {
        var count = new SeriesCount(slice.Views, slice.Visitors);
        return dimension switch
        {
            ViewDimension.Hour => count with { Hour = slice.Value + ":00:00Z" },
            ViewDimension.Location => count with { Location = slice.Value },
            ViewDimension.Referrer => count with { Referrer = slice.Value },
            _ => count with { Campaign = slice.Value },
        };
    }

    private static ViewDimension? Dimension(string? by) => by switch
    {
        null or "day" => null,
        "hour" => ViewDimension.Hour,
        "location" => ViewDimension.Location,
        "referrer" => ViewDimension.Referrer,
        "campaign" => ViewDimension.Campaign,
        _ => throw new InvalidRequestException("by", "One of day, hour, location, referrer and campaign."),
    };
}
