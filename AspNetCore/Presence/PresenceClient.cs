using System.Collections.Immutable;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Presence;
using Microsoft.Extensions.Logging;

namespace Hearth.AspNetCore.Presence;

/// <summary>Presence as a site sees it: as others see its users.</summary>
internal sealed partial class PresenceClient(GrainCalls calls, TouchCoalescer touches, ILogger<PresenceClient> logger) : IPresence
{
    private volatile bool _isFailing;

    public void Touch(string user, string device = "")
    {
        ValidId.Check(user);
        if (device.Length > 0)
        {
            ValidId.Check(device);
        }

        _ = Observe(touches.Touch(user, device));
    }

    public Task SignOutAsync(string user, string? device = null, CancellationToken cancellationToken = default)
    {
        ValidId.Check(user);
        return calls.Run(_ => new ValueTask(touches.SignOut(user, device)), cancellationToken);
    }

    public async Task<UserPresence> GetAsync(string user, CancellationToken cancellationToken = default) =>
        (await GetAsync([user], cancellationToken).ConfigureAwait(false))[0];

    public async Task<IReadOnlyList<UserPresence>> GetAsync(IEnumerable<string> users, CancellationToken cancellationToken = default)
    {
        ImmutableArray<string> ids = [.. users.Select(user => ValidId.Check(user, nameof(users)))];
        var states = await calls.Run(grains => grains.GetGrain<IPresenceReaderGrain>(0).States(ids), cancellationToken).ConfigureAwait(false);
        return [.. states.Select(state => state.AsSeenBy(actual: false)).Select(seen => new UserPresence(seen.User, seen.Online, seen.LastActionAt))];
    }

    public Task<OnlinePage> GetOnlineAsync(int limit = 100, string? after = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, 1000));
        return calls.Run(grains => grains.GetGrain<IPresenceReaderGrain>(0).Online(limit, after, actual: false), cancellationToken);
    }

    /// <summary>Nobody waits for a touch, so its failure is told here, once until one succeeds again.</summary>
    private async Task Observe(Task<TouchResult> touch)
    {
        try
        {
            await touch.ConfigureAwait(false);
            _isFailing = false;
        }
        catch (Exception exception)
        {
            if (!_isFailing)
            {
                LogFailed(exception);
            }

            _isFailing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Actions of users cannot be noted at the moment.")]
    private partial void LogFailed(Exception exception);
}
