using System.Diagnostics;

namespace Hearth.TestServers;

/// <summary>Polls with a deadline; a failure says what did not happen.</summary>
public static class Eventually
{
    /// <summary>
    /// No limit is shorter: it is there for what hangs, and not to time anything, so that a test is green however busy the
    /// machine is. What has to be fast is measured in <c>bench/</c>.
    /// </summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Repeats <paramref name="probe"/> until <paramref name="isTrue"/> holds of its answer, which is returned.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> probe, Func<T, bool> isTrue, string what, TimeSpan? within = null)
    {
        var deadline = within > Hang ? within.Value : Hang;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await probe();
            if (isTrue(answer))
            {
                return answer;
            }

            if (clock.Elapsed >= deadline)
            {
                throw new TimeoutException($"{what} did not happen within {deadline}; the last answer was {answer}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
