using Hearth.Model.Views;

namespace Hearth.AspNetCore.Views;

/// <summary>When a view happened, as its caller says it: a moment, or only a day of <c>Views:TimeZone</c>.</summary>
internal readonly record struct ViewTime
{
    private const int FirstYear = 2000;

    private static readonly DateTimeOffset Earliest = new(FirstYear, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ViewTime(DateTimeOffset moment) => Moment = moment;

    public ViewTime(DateOnly day) => Day = day;

    /// <summary>Null where only the day is known.</summary>
    public DateTimeOffset? Moment { get; }

    /// <summary>Null where the moment is known.</summary>
    public DateOnly? Day { get; }

    /// <summary>The day that it counts on.</summary>
    public DateOnly DayIn(ViewCalendar calendar) => Day ?? calendar.DayOf(Moment!.Value);

    /// <summary>The hour that it counts in: of a day alone, the first.</summary>
    public int HourIn(ViewCalendar calendar) => Moment is { } moment ? ViewHour.Of(moment) : calendar.FirstHourOf(Day!.Value);

    /// <summary>Whether it lies between the beginning of 2000 and a moment, of which a day holds any.</summary>
    public bool IsPlausible(DateTimeOffset last, ViewCalendar calendar) => Day is { } day
        ? day.Year >= FirstYear && day <= calendar.DayOf(last)
        : Moment >= Earliest && Moment <= last;
}
