namespace Hearth.Grains.Presence;

/// <summary>
/// Lets the calls for one user follow each other, in the order in which they came, while those for others go on. For one
/// grain, whose turns protect it.
/// </summary>
internal sealed class UserTurns
{
    /// <summary>Users whose turn somebody has, and who waits for it.</summary>
    private readonly Dictionary<string, Queue<TaskCompletionSource>?> _taken = [];

    /// <summary>Waits for the user's turn, which lasts until what is returned is disposed.</summary>
    public async ValueTask<Turn> Enter(string user)
    {
        if (!_taken.TryAdd(user, null))
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_taken[user] ??= []).Enqueue(mine);
            await mine.Task;
        }

        return new Turn(this, user);
    }

    private void Leave(string user)
    {
        if (_taken[user] is { } waiting && waiting.TryDequeue(out var next))
        {
            next.SetResult();
        }
        else
        {
            _taken.Remove(user);
        }
    }

    /// <summary>A user's turn.</summary>
    public readonly struct Turn(UserTurns turns, string user) : IDisposable
    {
        public void Dispose() => turns.Leave(user);
    }
}
