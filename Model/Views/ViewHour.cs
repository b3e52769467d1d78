using System.Globalization;

namespace Hearth.Model.Views;

/// <summary>Hours are hours of UTC, counted from the beginning of 1970.</summary>
public static class ViewHour
{
    private const string Format = "yyyy-MM-ddTHH";

    /// <summary>The hour that holds a moment.</summary>
    public static int Of(DateTimeOffset moment) => (int)Math.Floor((decimal)(moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerHour);

    /// <summary>The first hour of a day of UTC.</summary>
    public static int FirstOf(DateOnly day) => Of(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>When an hour begins.</summary>
    public static DateTimeOffset Start(int hour) => DateTimeOffset.UnixEpoch.AddHours(hour);

    /// <summary>An hour as text, such as <c>2026-11-26T14</c>: in the order of time.</summary>
    public static string ToText(int hour) => Start(hour).ToString(Format, CultureInfo.InvariantCulture);
}
