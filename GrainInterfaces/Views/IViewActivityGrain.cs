using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Hearth.GrainInterfaces.Views;

/// <summary>
/// Keeps how many views were accepted in each of the last 24 hours' minutes. Key: 0, the whole site.
/// </summary>
/// <remarks>
/// It samples the log's own counter, so the path of a view does not know of it, and the sum over the minutes is exact:
/// every accepted view is in one of them, by when it was accepted and not by its <c>at</c>. Stored once a minute; where
/// nobody sampled for a while, because every silo was down, the views of that while are spread evenly over it.
/// </remarks>
[Alias("view-activity")]
public interface IViewActivityGrain : IGrainWithIntegerKey
{
    /// <summary>Makes sure that it samples. Called every few seconds by every silo.</summary>
    [Alias("wake"), AlwaysInterleave]
    ValueTask Wake();

    /// <summary>Samples now and returns the minutes.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">The log could not be read.</exception>
    [Alias("read")]
    ValueTask<ViewActivity> Read();

    /// <summary>Takes these minutes for what was before now, and all views accepted so far as theirs: for a demonstration.</summary>
    /// <param name="minutes">Views by minute, oldest first, the last minute being the one it is now.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The log could not be read, or the state not be written.</exception>
    [Alias("begin-with")]
    ValueTask BeginWith(ImmutableArray<long> minutes);
}
