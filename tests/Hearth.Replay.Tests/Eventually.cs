using System.Diagnostics;

namespace Hearth.Replay.Tests;

/// <summary>Polls with a deadline; a failure says what did not happen.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task IsTrue(Func<bool> probe, string what, Func<string>? seen = null)
    {
        var clock = Stopwatch.StartNew();
        while (!probe())
        {
            Assert.True(clock.Elapsed < Deadline, $"Within {Deadline} it did not happen that {what}. {seen?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
