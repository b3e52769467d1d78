using Hearth.Replay.Output;
using Hearth.Replay.Views;

namespace Hearth.Replay.Tests.Output;

public sealed class SummaryTests
{
    private readonly Tally _tally = new();

    [Fact]
    public void The_summary_accounts_for_every_line()
    {
        Read(12_000);
        _tally.AddAnswer(new PostResult.Accepted(10_000, 500));
        _tally.AddSkipped(SkipReason.Malformed);
        _tally.AddSkipped(SkipReason.Status);
        _tally.AddSkipped(SkipReason.Status);

        Assert.Equal(
            """
            12,000 lines of 2 logs read in 3.0 s
              counted           10,000  3,500 views per second
              duplicates           500  counted before: by an earlier run, or by an attempt whose answer was lost
              skipped                3
                                     1  malformed: not a line in the common or combined format, with or without a virtual host
                                     2  status (--status)
              not sent           1,497  read, but not acknowledged by the server

            """,
            Text(isDryRun: false));
    }

    [Fact]
    public void A_dry_run_claims_nothing()
    {
        Read(1);
        _tally.AddAnswer(new PostResult.Accepted(1, 0));

        Assert.Equal(
            """
            1 line of 2 logs read in 3.0 s
              to post                1  in a dry run nothing is posted
              skipped                0

            """,
            Text(isDryRun: true));
    }

    [Fact]
    public void Every_reason_has_its_words()
    {
        foreach (var reason in Enum.GetValues<SkipReason>())
        {
            _tally.AddLine();
            _tally.AddSkipped(reason);
        }

        Assert.Equal(Enum.GetValues<SkipReason>().Length + 4, Text(isDryRun: false).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private void Read(int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            _tally.AddLine();
        }
    }

    private string Text(bool isDryRun)
    {
        using var writer = new StringWriter();
        Summary.Write(writer, _tally, logs: 2, TimeSpan.FromSeconds(3), isDryRun);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
