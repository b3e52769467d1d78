using Hearth.Model.Views;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Model.Tests.Views;

public sealed class ViewCalendarTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00Z", 23)]
    [InlineData("Europe/Berlin", "2025-10-26", "2025-10-25T22:00:00Z", 25)]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23)] // begins at 01:00: its first hour does not exist
    [InlineData("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 25)] // its last hour comes twice
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z", 23)] // midnight does not exist
    [InlineData("Africa/Cairo", "2024-10-31", "2024-10-30T21:00:00Z", 25)] // ends at midnight, an hour late
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", 25)] // midnight comes twice
    [InlineData("Australia/Lord_Howe", "2025-04-06", "2025-04-05T13:00:00Z", 24.5)] // half an hour
    [InlineData("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", 24)] // the day before does not exist
    public void A_day_begins_and_ends_where_the_clocks_of_its_zone_say(string zone, string day, string begin, double hours)
    {
        var calendar = new ViewCalendar(Options.Create(new ViewsOptions { TimeZone = zone }), new FakeTimeProvider());
        var expected = DateOnly.ParseExact(day, "yyyy-MM-dd", null);
        var first = DateTimeOffset.Parse(begin, null);
        var next = first.AddHours(hours);

        Assert.NotEqual(expected, calendar.DayOf(first.AddTicks(-1)));
        Assert.Equal(expected, calendar.DayOf(first));
        Assert.Equal(expected, calendar.DayOf(next.AddTicks(-1)));
        Assert.Equal(expected.AddDays(1), calendar.DayOf(next));
        Assert.Equal((ViewHour.Of(first), ViewHour.Of(next.AddTicks(-1))), calendar.HoursOf(new DayRange(expected, expected)));
        for (var moment = first; moment < next; moment = moment.AddMinutes(10))
        {
            Assert.Equal(expected, calendar.DayOf(moment));
        }
    }
}
