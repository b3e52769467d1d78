using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>Turns samples of a counter that only grows into views by minute.</summary>
internal sealed class ViewActivityRing(ViewActivityState state)
{
    private const int MaxAhead = 60;

    private int Length => state.Ring.Length;

    /// <summary>Takes a sample. Returns whether it began a new minute.</summary>
    public bool Sample(DateTimeOffset now, long accepted)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        Rewind(minute);
        if (state.Minute == 0 || accepted < state.Accepted)
        {
            // The first sample, or another log than before: what was accepted earlier was accepted at no known time.
            (state.Minute, state.Accepted) = (Math.Max(minute, state.Minute), accepted);
            return true;
        }

        var passed = Math.Max(0, minute - state.Minute);
        Spread(accepted - state.Accepted, passed);
        (state.Minute, state.Accepted) = (state.Minute + passed, accepted);
        return passed > 0;
    }

    /// <summary>Takes these minutes for what was before now.</summary>
    public void BeginWith(DateTimeOffset now, long accepted, ImmutableArray<long> minutes)
    {
        (state.Minute, state.Accepted) = (now.ToUnixTimeSeconds() / 60, accepted);
        for (var ago = 0; ago < Length; ago++)
        {
            state.Ring[Place(state.Minute - ago)] = ago < minutes.Length ? minutes[^(ago + 1)] : 0;
        }
    }

    public ViewActivity Read() => new(
        DateTimeOffset.FromUnixTimeSeconds(state.Minute * 60),
        [.. Enumerable.Range(1, Length).Select(next => state.Ring[Place(state.Minute + next)])],
        state.Accepted);

    /// <summary>
    /// Forgets minutes that are yet to come, which a clock that was ahead has sampled. Where it is only a few, the last one goes on
    /// until its time has come.
    /// </summary>
    private void Rewind(long minute)
    {
        if (state.Minute - minute <= MaxAhead)
        {
            return;
        }

        for (var ahead = Math.Max(minute, state.Minute - Length) + 1; ahead <= state.Minute; ahead++)
        {
            state.Ring[Place(ahead)] = 0;
        }

        state.Minute = minute;
    }

    /// <summary>Divides views among the minutes that have passed, or gives them to the present one.</summary>
    private void Spread(long views, long passed)
    {
        for (var next = Math.Max(1, passed - Length + 1); next <= passed; next++)
        {
            state.Ring[Place(state.Minute + next)] = (views * next / passed) - (views * (next - 1) / passed);
        }

        if (passed == 0)
        {
            state.Ring[Place(state.Minute)] += views;
        }
    }

    private int Place(long minute) => (int)(minute % Length);
}
