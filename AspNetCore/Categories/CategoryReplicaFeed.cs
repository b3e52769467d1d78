using Hearth.GrainInterfaces.Categories;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.AspNetCore.Categories;

/// <summary>Keeps the replica up to date for as long as the process runs, whatever becomes of silos.</summary>
internal sealed partial class CategoryReplicaFeed(
    CategoryReplica replica, IGrainFactory grains, TimeProvider time, ILogger<CategoryReplicaFeed> logger) : StoppableService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task Run(CancellationToken stoppingToken)
    {
        var isBroken = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                replica.Restart();
                var feed = grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key).Watch(replica.Version, stoppingToken).WithBatchSize(1);
                await foreach (var part in feed.WithCancellation(stoppingToken))
                {
                    isBroken = false;
                    replica.Take(part);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isBroken)
                {
                    LogBroken(exception, replica.Version);
                }

                isBroken = true;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed of the category tree broke off; reads are answered as of version {Version} until it is back.")]
    private partial void LogBroken(Exception exception, long? version);
}
