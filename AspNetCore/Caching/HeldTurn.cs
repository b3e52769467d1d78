using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Caching;

namespace Hearth.AspNetCore.Caching;

/// <summary>A turn that this process has, renewed until it is given up.</summary>
internal sealed class HeldTurn : IAsyncDisposable
{
    private static readonly TimeSpan Renewal = ICacheTurnGrain.Lease / 3;

    private readonly CancellationTokenSource _given = new();
    private readonly GrainCalls _calls;
    private readonly string _key;
    private readonly Guid _holder;
    private readonly Task _renewing;

    public HeldTurn(GrainCalls calls, string key, Guid holder, TimeProvider time)
    {
        (_calls, _key, _holder) = (calls, key, holder);
        _renewing = Renew(time);
    }

    public async ValueTask DisposeAsync()
    {
        await _given.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _given.Dispose();
        await _calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(_key).Yield(_holder), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task Renew(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_given.Token).ConfigureAwait(false))
            {
                await _calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(_key).Renew(_holder), _given.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The turn was given up.
        }
        catch (HearthUnavailableException)
        {
            // The turn lapses, and another process may take it: the work is done twice rather than not at all.
        }
    }
}
