using System.Runtime.CompilerServices;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>What takes many calls for a user with many sessions, each of which is answered soon or not at all.</summary>
public static class UserSessionsExtensions
{
    /// <summary>Lists every live session of the user, a page at a time, so that a user of very many fills nobody's memory.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends it between two calls.</param>
    public static async IAsyncEnumerable<Session> ListEachSession(
        this IUserGrain user, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await user.ListSessions(after).ConfigureAwait(false);
            foreach (var session in page.Sessions)
            {
                yield return session;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <inheritdoc cref="EndEach"/>
    public static Task<int> EndEachSession(this IUserGrain user, CancellationToken cancellationToken = default) =>
        EndAll(user.EndSessions, cancellationToken);

    /// <summary>Ends every session that was the user's when it began, and says how many it ended.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends it between two calls.</param>
    public static Task<int> EndEach(this IUserSessionsGrain user, CancellationToken cancellationToken = default) =>
        EndAll(user.EndSome, cancellationToken);

    private static async Task<int> EndAll(Func<string?, ValueTask<EndedSessions>> endSome, CancellationToken cancellationToken)
    {
        var ended = 0;
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = await endSome(after).ConfigureAwait(false);
            ended += some.Ended;
            after = some.Next;
        }
        while (after is not null);
        return ended;
    }
}
