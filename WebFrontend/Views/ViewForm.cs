using Hearth.Model.Views;

namespace Hearth.WebFrontend.Views;

/// <summary>What somebody filled in, as it was filled in. An empty field is as if it were absent.</summary>
public sealed record ViewForm(string Search, string From, string To, string Location)
{
    private const int DefaultDays = 14;

    public string? LocationOrNull => ViewQuery.Location(OrNull(Location));

    /// <exception cref="Requests.InvalidRequestException">A day is none, or the range is none.</exception>
    public DayRange TopRange(DateOnly today) => ViewQuery.TopRange(OrNull(From), OrNull(To), today);

    /// <exception cref="Requests.InvalidRequestException">A day is none, or the range is none or too long.</exception>
    public DayRange SeriesRange(DateOnly today) => From.Length == 0 && To.Length == 0
        ? new DayRange(today.AddDays(1 - DefaultDays), today)
        : ViewQuery.SeriesRange(OrNull(From), OrNull(To), today);

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
