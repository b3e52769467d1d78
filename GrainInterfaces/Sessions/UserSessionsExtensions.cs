namespace Hearth.GrainInterfaces.Sessions;

/// <summary>What takes many calls for a user with many sessions, each of which is answered soon or not at all.</summary>
public static class UserSessionsExtensions
{
    /// <summary>Ends every session that was the user's when it began, and says how many it ended.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends it between two calls.</param>
    public static async Task<int> EndEach(this IUserSessionsGrain user, CancellationToken cancellationToken = default)
    {
        var ended = 0;
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = await user.EndSome(after).ConfigureAwait(false);
            ended += some.Ended;
            after = some.Next;
        }
        while (after is not null);
        return ended;
    }
}
