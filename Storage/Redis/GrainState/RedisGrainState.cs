using Orleans.Persistence.Redis;
using Orleans.Storage;

namespace Hearth.Storage.Redis.GrainState;

/// <summary>Orleans' Redis provider, whose failures become the one exception that front ends know.</summary>
internal sealed class RedisGrainState(IGrainStorage provider, RedisClient redis) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Translate(() => provider.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Translate(() => provider.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Translate(() => provider.ClearStateAsync(stateName, grainId, grainState));

    private async Task Translate(Func<Task> operation)
    {
        redis.ThrowIfRefused();
        try
        {
            await operation();
        }
        catch (RedisStorageException exception)
        {
            throw RedisClient.Unavailable(exception);
        }
    }
}
