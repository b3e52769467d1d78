using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Grains.Expiration;
using Hearth.Model.Clocks;
using Hearth.Model.Sessions;
using Orleans.Concurrency;

namespace Hearth.Grains.Sessions;

/// <summary>Finds a user's sessions in the store's index and asks each one, which alone knows how it stands.</summary>
[GrainType("user-sessions"), StatelessWorker, Reentrant]
internal sealed class UserSessionsGrain(ISessionStore store, SteadyClock time) : Grain, IUserSessionsGrain
{
    /// <summary>Few enough that a page of the largest sessions stays below 16 MiB.</summary>
    private const int PageSize = 100;

    private string User => this.GetId();

    public async ValueTask<UserSessionsPage> List(string? after)
    {
        var keys = await Keys(after);
        var sessions = await Task.WhenAll(keys.Select(key => GrainFactory.GetGrain<ISessionGrain>(key).Peek().AsTask()));
        return new UserSessionsPage([.. sessions.OfType<Session>().Where(session => session.User == User)], Next(keys));
    }

    public async ValueTask<EndedSessions> EndSome(string? after)
    {
        var keys = await Keys(after);
        var answers = await Task.WhenAll(keys.Select(key => GrainFactory.GetGrain<ISessionGrain>(key).EndIfOf(User).AsTask()));
        return new EndedSessions(answers.Count(isEnded => isEnded), Next(keys));
    }

    public async ValueTask<int> EndAll() => await this.EndEach();

    private ValueTask<IReadOnlyList<string>> Keys(string? after) => store.KeysOf(User, after, PageSize, time.GetUtcNowInMilliseconds());

    private static string? Next(IReadOnlyList<string> keys) => keys.Count == PageSize ? keys[^1] : null;
}
