using System.Collections.Concurrent;
using Hearth.Model.Storage;
using Orleans.Storage;

namespace Hearth.Grains.Tests.Views;

/// <summary>The real grain storage, that fails for some grains, before or after it did what was asked.</summary>
internal sealed class FaultyGrainStorage(IGrainStorage storage, ConcurrentDictionary<string, Fault> faults) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        FaultOf(grainId) == Fault.Refuses ? throw Failed() : storage.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FaultOf(grainId) == Fault.Refuses)
        {
            throw Failed();
        }

        var etag = grainState.ETag;
        await storage.WriteStateAsync(stateName, grainId, grainState);
        if (FaultOf(grainId) == Fault.LosesAnswer)
        {
            grainState.ETag = etag;
            throw Failed();
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ClearStateAsync(stateName, grainId, grainState);

    private static StoreUnavailableException Failed() => new("The store failed, as the test told it to.");

    private Fault FaultOf(GrainId grain) => faults.GetValueOrDefault(grain.Key.ToString()!);
}
