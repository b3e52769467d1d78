using ZiggyCreatures.Caching.Fusion;

namespace Hearth.AspNetCore.Caching;

/// <summary>
/// Answers of slow queries and external APIs. Each is worked out once in the whole cluster while others wait for it or take
/// the stale one, is kept in Hearth, and has copies in every process, which are dropped within a second when it changes.
/// </summary>
/// <remarks>FusionCache does the work; Hearth is its second level, its backplane and its distributed locker.</remarks>
public sealed class HearthCache
{
    private static readonly AnswerOptions Default = new();

    private readonly IFusionCache _cache;
    private readonly Removals _removals;
    private readonly CacheTurns _turns;

    internal HearthCache(IFusionCache cache, Removals removals, CacheTurns turns) => (_cache, _removals, _turns) = (cache, removals, turns);

    /// <summary>Returns the answer kept under a key, and otherwise has the factory work it out and keeps that.</summary>
    /// <typeparam name="T">What <c>System.Text.Json</c> can write and read.</typeparam>
    /// <param name="key">The key; sites of other names (<see cref="HearthOptions.Site"/>) have keys of their own.</param>
    /// <param name="factory">Works the answer out. While it runs, it runs nowhere else, unless the silo that knows of it is lost.</param>
    /// <param name="options">How the answer is kept; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">The factory took longer than <see cref="AnswerOptions.HardTimeout"/>, and nothing stale may stand in.</exception>
    public async ValueTask<T> GetOrCreateAsync<T>(
        string key, Func<CancellationToken, ValueTask<T>> factory, AnswerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        options ??= Default;
        var entry = EntryOptions(options);
        try
        {
            return await GetOrSet(key, factory, options, entry, cancellationToken).ConfigureAwait(false);
        }
        catch (FusionCacheDistributedLockerException exception) when (exception.InnerException is TurnTakenException)
        {
            // Another process works it out, and has taken longer than the soft timeout.
            var stale = await _cache.TryGetAsync<T>(key, entry.Duplicate().SetAllowStaleOnReadOnly(), cancellationToken).ConfigureAwait(false);
            return stale.HasValue ? stale.Value
                : await GetOrSet(key, factory, options, entry.SetDistributedLockTimeout(Timeout.InfiniteTimeSpan), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps an answer in place of the one before.</summary>
    /// <typeparam name="T">What <c>System.Text.Json</c> can write and read.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The answer.</param>
    /// <param name="options">How it is kept; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask SetAsync<T>(string key, T value, AnswerOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Overtake(key, cancellationToken).ConfigureAwait(false);
        await _cache.SetAsync(key, value, EntryOptions(options ?? Default), (options ?? Default).Tags, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes an answer everywhere; the next caller works it out. One that is being worked out meanwhile, from what may be out
    /// of date, is given to those who wait for it already and is not kept.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached, and nothing was removed.</exception>
    public async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        await Overtake(key, cancellationToken).ConfigureAwait(false);
        await _cache.RemoveAsync(key, token: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes every answer with a tag, everywhere, as <see cref="RemoveAsync"/> does; the tag <c>*</c> is every answer's.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached, and nothing was removed.</exception>
    public async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        await _removals.OvertakeTag(tag, cancellationToken).ConfigureAwait(false);
        if (tag == Removals.Everything)
        {
            await _cache.ClearAsync(allowFailSafe: false, token: cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _cache.RemoveByTagAsync(tag, token: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is being worked out for a key meanwhile is not kept.</summary>
    internal Task Overtake(string key, CancellationToken cancellationToken) => _removals.OvertakeKey(key, cancellationToken);

    /// <summary>Works an answer out. What is overtaken meanwhile must not be kept, or is to be taken back.</summary>
    internal async ValueTask<(T Answer, bool IsOvertaken)> WorkOut<T>(
        string key, IEnumerable<string>? tags, Func<CancellationToken, ValueTask<T>> factory, CancellationToken cancellationToken)
    {
        var before = await _removals.Read(key, tags, cancellationToken).ConfigureAwait(false);
        var answer = await factory(cancellationToken).ConfigureAwait(false);
        if (before is null)
        {
            // Hearth was away: then nobody could remove anything either.
            return (answer, IsOvertaken: false);
        }

        var writer = Guid.NewGuid();
        var mayWrite = await _removals.BeginWrite(writer, before, key, tags).ConfigureAwait(false);
        if (mayWrite)
        {
            _ = EndWrite(writer, key, tags);
        }

        return (answer, IsOvertaken: !mayWrite);
    }

    /// <summary>Removes again what could not be kept from being written.</summary>
    internal async Task TakeBack(string key)
    {
        await _turns.WhenWritten(key).ConfigureAwait(false);
        await _cache.RemoveAsync(key).ConfigureAwait(false);
    }

    /// <summary>Who removes waits for this, unless the write took too long.</summary>
    private async Task EndWrite(Guid writer, string key, IEnumerable<string>? tags)
    {
        await _turns.WhenWritten(key).ConfigureAwait(false);
        if (!await _removals.EndWrite(writer, key, tags).ConfigureAwait(false))
        {
            await _cache.RemoveAsync(key).ConfigureAwait(false);
        }
    }

    private ValueTask<T> GetOrSet<T>(
        string key, Func<CancellationToken, ValueTask<T>> factory, AnswerOptions options, FusionCacheEntryOptions entry, CancellationToken cancellationToken) =>
        _cache.GetOrSetAsync<T>(
            key,
            async (context, cancelled) =>
            {
                var (answer, isOvertaken) = await WorkOut(key, options.Tags, factory, cancelled).ConfigureAwait(false);
                if (isOvertaken)
                {
                    KeepNothing(context.Options);
                }
                else if (answer is null && options.NullLifetime is { } lifetime)
                {
                    KeepNull(context.Options, lifetime);
                }

                return answer;
            },
            default,
            entry,
            options.Tags,
            cancellationToken);

    private static void KeepNull(FusionCacheEntryOptions entry, TimeSpan lifetime)
    {
        if (lifetime > TimeSpan.Zero)
        {
            entry.Duration = lifetime;
        }
        else
        {
            KeepNothing(entry);
        }
    }

    private static void KeepNothing(FusionCacheEntryOptions entry) => entry.SetSkipMemoryCacheWrite().SetSkipDistributedCacheWrite(true, true);

    private static FusionCacheEntryOptions EntryOptions(AnswerOptions options)
    {
        var hasStale = options.StaleFor > TimeSpan.Zero;
        return new FusionCacheEntryOptions(options.Lifetime)
        {
            IsFailSafeEnabled = hasStale,
            FailSafeMaxDuration = hasStale ? options.StaleFor : options.Lifetime,
            FactorySoftTimeout = options.SoftTimeout ?? Timeout.InfiniteTimeSpan,
            FactoryHardTimeout = options.HardTimeout ?? Timeout.InfiniteTimeSpan,
            EagerRefreshThreshold = options.EagerRefresh,
            DistributedLockTimeout = hasStale && options.SoftTimeout is { } soft ? soft : Timeout.InfiniteTimeSpan,

            // Hearth's locker throws only when another process has the turn; when Hearth is away the factory runs without one.
            ReThrowDistributedLockerExceptions = true,
        };
    }
}
