using Microsoft.Extensions.Caching.Hybrid;
using ZiggyCreatures.Caching.Fusion.MicrosoftHybridCache;

namespace Hearth.AspNetCore.Caching;

/// <summary>Microsoft's interface over <see cref="HearthCache"/>'s answers: what a removal overtakes is not kept here either.</summary>
internal sealed class OvertakenHybridCache(FusionHybridCache inner, HearthCache answers) : HybridCache
{
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        string[]? named = tags is null ? null : [.. tags];
        return inner.GetOrCreateAsync(
            key,
            (state, factory),
            async (work, cancelled) =>
            {
                var (answer, isOvertaken) = await answers.WorkOut(key, named, token => work.factory(work.state, token), cancelled).ConfigureAwait(false);
                if (isOvertaken)
                {
                    _ = answers.TakeBack(key);
                }

                return answer;
            },
            options,
            named,
            cancellationToken);
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        await answers.Overtake(key, cancellationToken).ConfigureAwait(false);
        await inner.SetAsync(key, value, options, tags, cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => answers.RemoveAsync(key, cancellationToken);

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => answers.RemoveByTagAsync(tag, cancellationToken);
}
