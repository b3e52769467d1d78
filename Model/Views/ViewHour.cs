using System.Globalization;

namespace Hearth.Model.Views;

/// <summary>Hours are hours of UTC, counted from the beginning of 1970.</summary>
public static class ViewHour
{
    private const int HoursOfDay = 24;
    private const string Format = "yyyy-MM-ddTHH";

    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>The hour asked for last: views that come one after another mostly share theirs.</summary>
    private static volatile Named? s_last;

    /// <summary>The hour that holds a moment.</summary>
    public static int Of(DateTimeOffset moment) => (int)((moment.UtcTicks / TimeSpan.TicksPerHour) - Epoch);

    /// <summary>The first hour of a day of UTC.</summary>
    public static int FirstOf(DateOnly day) => (int)(((long)day.DayNumber * HoursOfDay) - Epoch);

    /// <summary>An hour as text, such as <c>2026-11-26T14</c>: in the order of time.</summary>
    public static string ToText(int hour)
    {
        var named = s_last;
        if (named is null || named.Hour != hour)
        {
            s_last = named = new Named(hour, DateTimeOffset.UnixEpoch.AddHours(hour).ToString(Format, CultureInfo.InvariantCulture));
        }

        return named.Text;
    }

    private sealed record Named(int Hour, string Text);
}
