using System.Collections.Immutable;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Sessions;

namespace Hearth.AspNetCore.Sessions;

/// <summary>Calls one session's grain, within ASP.NET's limit for it.</summary>
internal sealed class SessionClient(GrainCalls calls, string key, TimeSpan idleTimeout, TimeSpan limit, TimeSpan bar, TimeProvider time)
{
    private const int PrefixLength = 8;

    /// <summary>What may be shown of the session; says nothing of its key.</summary>
    public string Id => key[^43..];

    public Task<Session?> Use(CancellationToken cancellationToken) => Run(grain => grain.Use(), cancellationToken);

    public Task<bool> Slide(CancellationToken cancellationToken) => Run(grain => grain.Slide(), cancellationToken);

    public Task<SessionAnswer> Change(SessionChange change, CancellationToken cancellationToken) => Run(grain => grain.Change(change), cancellationToken);

    public Task<SessionAnswer> Save(SessionChange change, CancellationToken cancellationToken)
    {
        var begun = new NewSession(Id[..PrefixLength], User: null, ImmutableDictionary<string, string>.Empty, idleTimeout, AbsoluteTimeout: null);
        return Run(grain => grain.Save(begun, change), cancellationToken);
    }

    public Task<bool> End(CancellationToken cancellationToken) => Run(grain => grain.Bar(bar), cancellationToken);

    private async Task<T> Run<T>(Func<ISessionGrain, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using var timeout = limit == Timeout.InfiniteTimeSpan ? new CancellationTokenSource() : new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await calls.Run(grains => call(grains.GetGrain<ISessionGrain>(key)), either.Token).ConfigureAwait(false);
    }
}
