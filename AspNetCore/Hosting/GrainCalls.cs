using Hearth.Model.Storage;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Hosting;

/// <summary>Calls grains on behalf of a site: within a bounded time, and with the one exception that the site knows.</summary>
internal sealed class GrainCalls(IGrainFactory grains, ClusterConnection cluster, IOptions<HearthOptions> options, TimeProvider time)
{
    private readonly TimeSpan _limit = options.Value.CallTimeout;

    /// <summary>The longest that a grain may let a call wait in it.</summary>
    public TimeSpan LongestWait => _limit / 2;

    /// <exception cref="HearthUnavailableException">The grain, or a store that it needs, did not answer in time.</exception>
    public Task<T> Run<T>(Func<IGrainFactory, ValueTask<T>> call, CancellationToken cancellationToken) => Run(call, _limit, cancellationToken);

    /// <summary>Makes a call that is answered once there is something to say, or after the time that its contract names.</summary>
    /// <exception cref="HearthUnavailableException">The grain, or a store that it needs, cannot answer.</exception>
    public Task<T> Wait<T>(Func<IGrainFactory, ValueTask<T>> call, CancellationToken cancellationToken) =>
        Run(call, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <exception cref="HearthUnavailableException">The grain, or a store that it needs, did not answer in time.</exception>
    public Task Run(Func<IGrainFactory, ValueTask> call, CancellationToken cancellationToken) =>
        Run(
            async found =>
            {
                await call(found).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// Blocks the calling thread. The work runs on the thread pool, away from the caller's synchronization context and
    /// task scheduler, so whatever these are, it does not wait for the thread that waits for it.
    /// </summary>
    public static T Block<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    /// <inheritdoc cref="Block{T}"/>
    public static void Block(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

    private async Task<T> Run<T>(Func<IGrainFactory, ValueTask<T>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!cluster.WasFound)
        {
            // Until then Orleans' client says nothing better than that a reference is null.
            throw new HearthUnavailableException("No silo of Hearth's cluster has been found yet.");
        }

        try
        {
            return await call(grains).AsTask().WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new HearthUnavailableException($"Hearth did not answer within {limit}.", exception);
        }
        catch (Exception exception) when (exception is OrleansException or StoreUnavailableException)
        {
            throw new HearthUnavailableException($"Hearth cannot answer: {exception.Message}", exception);
        }
    }
}
