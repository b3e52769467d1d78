using System.Globalization;
using Hearth.AspNetCore.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Views;

/// <summary>Reads the query parameters of views.</summary>
internal static class ViewQuery
{
    private const int MaxDays = 400;
    private const int DefaultDays = 30;

    /// <summary>The range of a series: to today where <c>to</c> is absent, 30 days where <c>from</c> is.</summary>
    public static DayRange SeriesRange(string? from, string? to, DateOnly today)
    {
        var first = Day("from", from);
        var last = Day("to", to) ?? (first > today ? first.Value : today);
        var range = Checked(first ?? DateOnly.FromDayNumber(Math.Max(0, last.DayNumber + 1 - DefaultDays)), last);
        return range.Length <= MaxDays
            ? range
            : throw new InvalidRequestException("to", $"A range has at most {MaxDays} days, and this one has {range.Length}.");
    }

    /// <summary>The range of a ranking: today; from <c>from</c> to today; or the one day <c>to</c>.</summary>
    public static DayRange TopRange(string? from, string? to, DateOnly today)
    {
        var (first, last) = (Day("from", from), Day("to", to));
        return Checked(first ?? last ?? today, last ?? (first > today ? first.Value : today));
    }

    /// <summary>Whose views to count; null counts all.</summary>
    public static Traffic? Traffic(string? traffic) => traffic switch
    {
        null or "human" => Model.Views.Traffic.Human,
        "bot" => Model.Views.Traffic.Bot,
        "all" => null,
        _ => throw new InvalidRequestException("traffic", "One of human, bot and all."),
    };

    public static string? Location(string? location) =>
        location is not null && ViewFactory.LocationProblem(location) is { } problem ? throw new InvalidRequestException("location", problem) : location;

    private static DateOnly? Day(string field, string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InvalidRequestException(field, "A day is yyyy-MM-dd, such as 2026-11-22.");

    private static DayRange Checked(DateOnly first, DateOnly last) =>
        first <= last ? new DayRange(first, last) : throw new InvalidRequestException("from", "Must not be after to.");
}
