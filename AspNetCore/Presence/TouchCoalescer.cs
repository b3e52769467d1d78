using System.Collections.Concurrent;
using System.Threading.Channels;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Hearth.Storage.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Presence;

/// <summary>
/// Spares the cluster users who act many times a second: a device's first action is sent at once, and those of the
/// following <see cref="PresenceOptions.CoalescingWindow"/> as one call with the time of the last.
/// </summary>
/// <remarks>
/// A sign-out through this front end drops what it held back. After one through another front end, what is held back
/// arrives with its age, and the directory lets it bring nobody back if it is older than the sign-out. If this process is
/// killed, the actions of one window are lost; <see cref="PresenceOptions.StoreInterval"/> leaves room for it.
/// </remarks>
internal sealed partial class TouchCoalescer(
    IClusterClient cluster, TouchBatches batches, IOptions<PresenceOptions> options, TimeProvider time, ILogger<TouchCoalescer> logger)
    : StoppableService
{
    /// <summary>With more users than this in their windows, further ones are sent uncoalesced.</summary>
    private const int MaxWindows = 200_000;

    /// <summary>While the cluster cannot be reached, every user of the last second fails again each second.</summary>
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TouchWindow> _windows = new();
    private readonly Channel<TouchWindow> _ending = Channel.CreateUnbounded<TouchWindow>(new() { SingleReader = true });
    private int _count;
    private long _warnedAt;

    public async Task<TouchResult> Touch(string user, string device)
    {
        while (Window(user) is { } window)
        {
            if (window.Touch(device, time.GetTimestamp(), Send) is not { } call)
            {
                Remove(window);
                continue;
            }

            try
            {
                var result = await call;
                if (result != TouchResult.Accepted)
                {
                    window.Forget(device, call);
                }

                return result;
            }
            catch
            {
                window.Forget(device, call);
                throw;
            }
        }

        return await Send(user, device, TimeSpan.Zero);
    }

    public async Task SignOut(string user, string? device)
    {
        await Cancel(user, device).ConfigureAwait(false);
        await cluster.GetGrainOf<IUserGrain>(user).SignOut(device);
    }

    /// <summary>Drops what is held back of a user and waits for what is on its way, so that nothing arrives later.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="device">Null for every device.</param>
    public async Task Cancel(string user, string? device)
    {
        if (_windows.TryGetValue(user, out var window))
        {
            // A call's failure is its own caller's to hear.
            await Task.WhenAll(window.Cancel(device)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All windows are equally long, so they end in the order in which they began.</summary>
    protected override async Task Run(CancellationToken stoppingToken)
    {
        await foreach (var window in _ending.Reader.ReadAllAsync(stoppingToken))
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), window.EndsAt);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, stoppingToken);
            }

            if (window.End((user, device, actedAt) => SendHeldBack(window, device, actedAt)))
            {
                EndLater(window);
            }
            else
            {
                Remove(window);
            }
        }
    }

    private TouchWindow? Window(string user)
    {
        if (_windows.TryGetValue(user, out var window))
        {
            return window;
        }

        if (Volatile.Read(ref _count) >= MaxWindows)
        {
            return null;
        }

        window = new TouchWindow(user);
        if (!_windows.TryAdd(user, window))
        {
            return Window(user);
        }

        Interlocked.Increment(ref _count);
        EndLater(window);
        return window;
    }

    private void EndLater(TouchWindow window)
    {
        window.EndsAt = time.GetTimestamp() + (long)(options.Value.CoalescingWindow.TotalSeconds * time.TimestampFrequency);
        _ending.Writer.TryWrite(window);
    }

    private void Remove(TouchWindow window)
    {
        if (_windows.TryRemove(KeyValuePair.Create(window.User, window)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private Task<TouchResult> Send(string user, string device, TimeSpan age) => batches.Send(new UserTouch(user, device, age));

    /// <summary>Its callers were answered already, so a failure is tried again with the next window, while it still matters.</summary>
    private async Task<TouchResult> SendHeldBack(TouchWindow window, string device, long actedAt)
    {
        var age = time.GetElapsedTime(actedAt);
        try
        {
            return await Send(window.User, device, age);
        }
        catch (Exception exception)
        {
            if (age < options.Value.OnlineTimeout)
            {
                window.HoldBack(device, actedAt);
            }

            Warn(exception);
            return TouchResult.Accepted;
        }
    }

    private void Warn(Exception exception)
    {
        var (before, now) = (Volatile.Read(ref _warnedAt), time.GetTimestamp());
        if ((before == 0 || time.GetElapsedTime(before, now) >= WarningPause) && Interlocked.CompareExchange(ref _warnedAt, now, before) == before)
        {
            LogNotSent(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Coalesced actions cannot be sent; each is tried again while it is within the timeout.")]
    private partial void LogNotSent(Exception exception);
}
