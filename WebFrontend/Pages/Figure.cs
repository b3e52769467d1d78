using System.Globalization;

namespace Hearth.WebFrontend.Pages;

/// <summary>Writes figures as people read them; <c>figures.js</c> does the same in the browser.</summary>
internal static class Figure
{
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(long? number) => number is { } known ? Of(known) : "\u2013";

    public static string Percent(long part, long whole) =>
        whole == 0 ? "\u2013" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How long ago, in the largest unit that fits: "12 s ago".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => Duration(now - at) + " ago";

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 1 } => $"{(int)duration.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)duration.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)duration.TotalHours} h",
        _ => $"{(int)duration.TotalDays} d",
    };
}
