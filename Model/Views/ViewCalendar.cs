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
    public (int First, int Last) HoursOf(DayRange range) => (FirstHourOf(range.First), HourOf(range.Last.ToDateTime(TimeOnly.MaxValue), isLater: true));

    /// <summary>The hour in which a day begins.</summary>
    public int FirstHourOf(DateOnly day) => HourOf(day.ToDateTime(TimeOnly.MinValue), isLater: false);

    /// <summary>
    /// The hour of a local time: where clocks repeat it, of the earlier or the later one; where they skip it, of the moment at
    /// which they do; beyond the calendar's ends, of the nearest moment in it.
    /// </summary>
    private int HourOf(DateTime local, bool isLater)
    {
        var offset = !_zone.IsAmbiguousTime(local) ? _zone.GetUtcOffset(local)
            : isLater ? _zone.GetAmbiguousTimeOffsets(local).Min() : _zone.GetAmbiguousTimeOffsets(local).Max();
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return ViewHour.Of(new DateTimeOffset(ticks, TimeSpan.Zero));
    }
}
