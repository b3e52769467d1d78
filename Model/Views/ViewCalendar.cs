using Microsoft.Extensions.Options;

namespace Hearth.Model.Views;

/// <summary>
/// Tells the day of a moment in <c>Views:TimeZone</c>. A view's day is decided once, when the view is accepted, so that a
/// replay after the setting has changed counts it on the same day.
/// </summary>
public sealed class ViewCalendar(IOptions<ViewsOptions> options, TimeProvider time)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>The day it is now.</summary>
    public DateOnly Today => DayOf(time.GetUtcNow());

    /// <summary>The day and the hour it is now.</summary>
    public (DateOnly Day, int Hour) Now
    {
        get
        {
            var now = time.GetUtcNow();
            return (DayOf(now), ViewHour.Of(now));
        }
    }

    /// <summary>The day that holds <paramref name="moment"/>; with a change of clocks a day has 23 or 25 hours.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _zone).DateTime);

    /// <summary>The first and the last hour that days reach into, as <see cref="ViewHour"/> counts.</summary>
    public (int First, int Last) HoursOf(DayRange range) => (FirstHourOf(range.First), ViewHour.Of(StartOf(range.Last.AddDays(1)).AddTicks(-1)));

    /// <summary>The hour in which a day begins.</summary>
    public int FirstHourOf(DateOnly day) => ViewHour.Of(StartOf(day));

    /// <summary>Where clocks are set forward at midnight, the day begins after it.</summary>
    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        for (; _zone.IsInvalidTime(midnight); midnight = midnight.AddMinutes(1))
        {
        }

        return new DateTimeOffset(midnight, _zone.IsAmbiguousTime(midnight) ? _zone.GetAmbiguousTimeOffsets(midnight).Max() : _zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
