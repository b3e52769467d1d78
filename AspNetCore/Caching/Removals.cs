using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Caching;

namespace Hearth.AspNetCore.Caching;

/// <summary>
/// Tells whether an answer was overtaken while it was worked out: by a removal or replacement of its key, a removal of one of
/// its tags, or of everything, by anybody in the cluster.
/// </summary>
internal sealed class Removals(GrainCalls calls, HiddenKey keys)
{
    /// <summary>The tag that every answer has, as <c>HybridCache</c> documents it.</summary>
    public const string Everything = "*";

    private const string Kind = "stamp";

    /// <summary>The stamps that an answer depends on; null where Hearth cannot be reached, and so nothing removed either.</summary>
    public async ValueTask<CacheStamp[]?> Read(string key, IEnumerable<string>? tags, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAll(Names(key, tags).Select(name =>
                calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(name).GetStamp(), cancellationToken))).ConfigureAwait(false);
        }
        catch (HearthUnavailableException)
        {
            return null;
        }
    }

    /// <summary>
    /// Says that an answer is about to be written, unless it was overtaken since it began: then false, also where that can no
    /// longer be told.
    /// </summary>
    public async ValueTask<bool> BeginWrite(Guid writer, CacheStamp[] before, string key, IEnumerable<string>? tags)
    {
        try
        {
            var begun = await Task.WhenAll(Names(key, tags).Zip(before, (name, stamp) =>
                calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(name).BeginWrite(writer, stamp), CancellationToken.None))).ConfigureAwait(false);
            if (begun.All(isBegun => isBegun))
            {
                return true;
            }
        }
        catch (HearthUnavailableException)
        {
            return false;
        }

        await EndWrite(writer, key, tags).ConfigureAwait(false);
        return false;
    }

    /// <summary>Says that it was written. False where a removal has not waited for it; also where that cannot be told.</summary>
    public async Task<bool> EndWrite(Guid writer, string key, IEnumerable<string>? tags)
    {
        try
        {
            var ended = await Task.WhenAll(Names(key, tags).Select(name =>
                calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(name).EndWrite(writer), CancellationToken.None))).ConfigureAwait(false);
            return ended.All(isWaitedFor => isWaitedFor);
        }
        catch (HearthUnavailableException)
        {
            return false;
        }
    }

    /// <summary>What is kept under a key is about to be removed or replaced.</summary>
    public Task OvertakeKey(string key, CancellationToken cancellationToken) => Overtake(OfKey(key), cancellationToken);

    /// <summary>What has a tag is about to be removed.</summary>
    public Task OvertakeTag(string tag, CancellationToken cancellationToken) => Overtake(OfTag(tag), cancellationToken);

    private Task Overtake(string name, CancellationToken cancellationToken) =>
        calls.Run(grains => grains.GetGrain<ICacheTurnGrain>(name).Overtake(), cancellationToken);

    private IEnumerable<string> Names(string key, IEnumerable<string>? tags) => [OfKey(key), OfTag(Everything), .. (tags ?? []).Select(OfTag)];

    private string OfKey(string key) => keys.Of(Kind, "key " + key);

    private string OfTag(string tag) => keys.Of(Kind, "tag " + tag);
}
