using Hearth.GrainInterfaces.Storage;
using Orleans.Persistence.Redis;
using Orleans.Storage;

namespace Hearth.Storage.Redis.GrainState;

/// <summary>Orleans' Redis provider, whose failures become the one exception that front ends know.</summary>
internal sealed class RedisGrainState(IGrainStorage provider) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Translate(provider.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Translate(provider.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Translate(provider.ClearStateAsync(stateName, grainId, grainState));

    private static async Task Translate(Task operation)
    {
        try
        {
            await operation;
        }
        catch (RedisStorageException exception)
        {
            throw new StoreUnavailableException($"Redis: {exception.Message}", exception);
        }
    }
}
