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

    /// <summary>The day that holds <paramref name="moment"/>; with a change of clocks a day has 23 or 25 hours.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _zone).DateTime);
}
