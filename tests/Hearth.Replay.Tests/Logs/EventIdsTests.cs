using CsCheck;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class EventIdsTests
{
    [Fact]
    public void A_line_has_the_same_id_in_every_run() =>
        Assert.Equal(Ids([(0, "a"), (1, "b")]), Ids([(0, "a"), (1, "b")]));

    [Fact]
    public void Lines_that_repeat_have_ids_of_their_own() =>
        Assert.Equal(4, Ids([(0, "a"), (0, "a"), (0, "b"), (0, "a")]).Distinct().Count());

    [Fact]
    public void The_first_of_equal_lines_keeps_its_id_when_more_follow() =>
        Assert.Equal(Ids([(0, "a")])[0], Ids([(0, "a"), (0, "a")])[0]);

    [Fact]
    public void Ids_are_short_and_plain() =>
        Assert.All(Ids([(0, "a"), (0, "a")]), id => Assert.Matches(@"^[A-Za-z0-9_-]{22}(\.\d+)?$", id));

    [Fact]
    public void A_log_that_has_grown_gives_its_old_lines_their_old_ids() =>
        Lines.Sample(lines =>
        {
            var part = lines.Take(lines.Length / 2).ToArray();
            Assert.Equal(Ids(part), Ids(lines).Take(part.Length));
        });

    [Fact]
    public void The_order_of_lines_does_not_change_the_set_of_ids() =>
        Lines.Sample(lines => Assert.Equal(Ids(lines).Order(), Ids(lines.OrderBy(line => line.Minute)).Order()));

    [Fact]
    public void Lines_of_long_ago_are_forgotten()
    {
        var ids = new EventIds();
        var first = ids.Next("a"u8, AccessLog.Start);
        for (var minute = 1; minute < EventIds.RememberedMinutes; minute++)
        {
            ids.Next("b"u8, AccessLog.Start.AddMinutes(minute));
        }

        Assert.NotEqual(first, ids.Next("a"u8, AccessLog.Start));
        for (var minute = 100; minute < 100 + EventIds.RememberedMinutes; minute++)
        {
            ids.Next("b"u8, AccessLog.Start.AddMinutes(minute));
        }

        Assert.Equal(first, ids.Next("a"u8, AccessLog.Start));
    }

    [Fact]
    public void One_wild_time_forgets_nothing_that_is_near()
    {
        var ids = new EventIds();
        var first = ids.Next("a"u8, AccessLog.Start);
        ids.Next("b"u8, AccessLog.Start.AddYears(20));

        Assert.NotEqual(first, ids.Next("a"u8, AccessLog.Start));
    }

    /// <summary>Lines of a few minutes, with many repeats.</summary>
    private static readonly Gen<(int Minute, string Text)[]> Lines =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3]).Select((minute, text) => (minute, $"{minute} {text}")).Array[0, 100];

    private static string[] Ids(IEnumerable<(int Minute, string Text)> lines)
    {
        var ids = new EventIds();
        return [.. lines.Select(line => ids.Next(AccessLog.Bytes(line.Text).Span, AccessLog.Start.AddMinutes(line.Minute)))];
    }
}
