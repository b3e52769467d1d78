using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Sessions;

namespace Hearth.AspNetCore.Sessions;

internal sealed class UserSessionsClient(GrainCalls calls) : IUserSessions
{
    public async Task<IReadOnlyList<Session>> ListAsync(string user, CancellationToken cancellationToken = default)
    {
        ValidId.Check(user);
        var sessions = new List<Session>();
        string? next = null;
        do
        {
            var after = next;
            var page = await calls.Run(grains => grains.GetGrainOf<IUserSessionsGrain>(user).List(after), cancellationToken).ConfigureAwait(false);

            // What the sessions hold is none of the reader's business.
            sessions.AddRange(page.Sessions.Select(session => session with { Data = session.Data.Clear() }));
            next = page.Next;
        }
        while (next is not null);
        return sessions;
    }

    public async Task<int> EndAllAsync(string user, CancellationToken cancellationToken = default)
    {
        ValidId.Check(user);
        var ended = 0;
        string? next = null;
        do
        {
            var after = next;
            var some = await calls.Run(grains => grains.GetGrainOf<IUserSessionsGrain>(user).EndSome(after), cancellationToken).ConfigureAwait(false);
            ended += some.Ended;
            next = some.Next;
        }
        while (next is not null);
        return ended;
    }
}
