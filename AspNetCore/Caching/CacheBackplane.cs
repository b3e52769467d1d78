using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Backplane;

namespace Hearth.AspNetCore.Caching;

/// <summary>
/// FusionCache's backplane, a grain for each channel that every process asks for news and that answers as soon as there
/// are some. Whoever may have missed some drops all copies in memory.
/// </summary>
internal sealed partial class CacheBackplane(
    GrainCalls calls, HiddenKey keys, MemoryCache copies, TimeProvider time, IHostApplicationLifetime site, ILogger<CacheBackplane> logger)
    : IFusionCacheBackplane, IDisposable
{
    private const string Kind = "notices";

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <summary>A call that waits would hold up the silo of an embedded site as it stops.</summary>
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(site.ApplicationStopping);
    private string _channel = "";

    public void Subscribe(BackplaneSubscriptionOptions options)
    {
        _channel = keys.Of(Kind, options.ChannelName ?? "");
        _ = Task.Run(() => Follow(options, _ended.Token));
    }

    public ValueTask SubscribeAsync(BackplaneSubscriptionOptions options)
    {
        Subscribe(options);
        return ValueTask.CompletedTask;
    }

    public void Unsubscribe() => _ended.Cancel();

    public ValueTask UnsubscribeAsync()
    {
        Unsubscribe();
        return ValueTask.CompletedTask;
    }

    public async ValueTask PublishAsync(BackplaneMessage message, FusionCacheEntryOptions options, CancellationToken token = default)
    {
        ReadOnlyMemory<byte> notice = BackplaneMessage.ToByteArray(message);
        await calls.Run(grains => grains.GetGrain<ICacheNoticesGrain>(_channel).Publish(notice), token).ConfigureAwait(false);
    }

    public void Publish(BackplaneMessage message, FusionCacheEntryOptions options, CancellationToken token = default) =>
        GrainCalls.Block(() => PublishAsync(message, options, token).AsTask());

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task Follow(BackplaneSubscriptionOptions subscription, CancellationToken ended)
    {
        var (cursor, isLost) = (default(NoticeCursor), true);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var since = cursor;
                var news = await calls.Wait(grains => grains.GetGrain<ICacheNoticesGrain>(_channel).Read(since, ended), ended).ConfigureAwait(false);
                cursor = news.Cursor;
                await Tell(subscription, news, isLost).ConfigureAwait(false);
                isLost = false;
            }
            catch (Exception exception) when (!ended.IsCancellationRequested)
            {
                if (!isLost)
                {
                    LogLost(exception);
                }

                isLost = true;
                await Task.Delay(RetryPause, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Tell(BackplaneSubscriptionOptions subscription, CacheNotices news, bool wasLost)
    {
        if (news.IsGap)
        {
            copies.Clear();
        }

        if (wasLost)
        {
            await subscription.ConnectHandlerAsync!(new BackplaneConnectionInfo(isReconnection: true)).ConfigureAwait(false);
        }

        foreach (var notice in news.Notices)
        {
            await subscription.IncomingMessageHandlerAsync!(BackplaneMessage.FromByteArray(notice.ToArray())).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of what became invalid cannot be had; copies in memory may be out of date until they can.")]
    private partial void LogLost(Exception exception);
}
