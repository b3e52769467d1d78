using System.Diagnostics;

namespace Hearth.TestServers;

/// <summary>Polls with a deadline; a failure says what did not happen.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Repeats <paramref name="probe"/> until <paramref name="isTrue"/> holds of its answer, which is returned.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> probe, Func<T, bool> isTrue, string what, TimeSpan? within = null)
    {
        var deadline = within ?? TimeSpan.FromSeconds(10);
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
