using Hearth.Model.Caching;

namespace Hearth.Grains.Caching;

/// <summary>
/// How often the cache was cleared, as this silo knows: what it holds of an earlier epoch was cleared. The store tells at once
/// where it can; since it may fail to, what is known is only relied on for a while, and then asked for again.
/// </summary>
internal sealed class CacheEpoch
{
    /// <summary>From this age on it is asked for, meanwhile what is known is still relied on.</summary>
    private static readonly TimeSpan AskAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Nothing that was cleared is served for longer; a second, less what a call takes.</summary>
    private static readonly TimeSpan RelyFor = TimeSpan.FromMilliseconds(700);

    private readonly ICacheStore _store;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Task<long>? _asking;
    private long _known;
    private long? _asOf;
    private bool _isSubscribed;

    public CacheEpoch(ICacheStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>The epoch as it was less than 0.7 s ago, or since then.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">It cannot be told.</exception>
    public ValueTask<long> Get() => Get(RelyFor);

    /// <summary>The epoch as it is now, or later.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">It cannot be told.</exception>
    public ValueTask<long> GetPresent() => new(Task.Run(Ask));

    /// <summary>The epoch, not more than so old.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">It cannot be told.</exception>
    public ValueTask<long> Get(TimeSpan maxAge)
    {
        Task<long> asking;
        lock (_lock)
        {
            var age = _asOf is { } asOf ? _time.GetElapsedTime(asOf) : TimeSpan.MaxValue;
            if (age < AskAfter && age < maxAge)
            {
                return new(_known);
            }

            // Away from the activation that happens to ask first: others wait for the same answer.
            asking = _asking is { IsCompleted: false } ? _asking : _asking = Task.Run(Ask);
            if (age < maxAge)
            {
                // Whoever waits for it is told if it fails.
                asking.Ignore();
                return new(_known);
            }
        }

        return new(asking);
    }

    /// <summary>The store said that this epoch began.</summary>
    public void Learn(long epoch)
    {
        lock (_lock)
        {
            _known = Math.Max(_known, epoch);
        }
    }

    private async Task<long> Ask()
    {
        var began = _time.GetTimestamp();
        Subscribe();
        var epoch = await _store.ReadEpoch();
        lock (_lock)
        {
            _known = Math.Max(_known, epoch);
            _asOf = _asOf is { } asOf && asOf > began ? asOf : began;
            return _known;
        }
    }

    private void Subscribe()
    {
        lock (_lock)
        {
            if (_isSubscribed)
            {
                return;
            }

            _isSubscribed = true;
        }

        _store.OnCleared(Learn);
    }
}
