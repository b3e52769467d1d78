using System.Text.Json;

namespace Hearth.WebFrontend.Pages.Live;

/// <summary>Gathers one part while anybody looks at it, once for all of them.</summary>
internal sealed partial class LiveTopic(LivePart part, JsonSerializerOptions json, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<LiveViewer> _viewers = [];
    private bool _isRunning;
    private bool _isUnavailable;

    /// <summary>What was gathered last; null before the first time, and when nobody has looked for a while.</summary>
    public LiveMessage? Latest { get; private set; }

    /// <summary>What a page shows when it is opened: the latest where there is one, else asked for now; null where that fails.</summary>
    public async Task<object?> Read(CancellationToken cancellationToken) => (Latest ?? await Gather(cancellationToken)).Value;

    public void Join(LiveViewer viewer)
    {
        lock (_lock)
        {
            _viewers.Add(viewer);
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Run();
            }
        }
    }

    public void Leave(LiveViewer viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
        }
    }

    private async Task Run()
    {
        using var timer = new PeriodicTimer(part.Period, time);
        do
        {
            Publish(await Gather(CancellationToken.None));
        }
        while (await timer.WaitForNextTickAsync() && IsWatched());
    }

    private bool IsWatched()
    {
        lock (_lock)
        {
            _isRunning = _viewers.Count > 0;
            Latest = _isRunning ? Latest : null;
            return _isRunning;
        }
    }

    private void Publish(LiveMessage message)
    {
        lock (_lock)
        {
            if (Latest?.Json == message.Json)
            {
                return;
            }

            Latest = message;
            foreach (var viewer in _viewers)
            {
                viewer.Notify();
            }
        }
    }

    private async Task<LiveMessage> Gather(CancellationToken cancellationToken)
    {
        try
        {
            var value = await part.Gather(cancellationToken).WaitAsync(FirstLimit, time, cancellationToken);
            _isUnavailable = false;
            return new LiveMessage(value, JsonSerializer.Serialize(value, json));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isUnavailable)
            {
                LogUnavailable(exception, part.Name);
            }

            _isUnavailable = true;
            return new LiveMessage(null, "null");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pages' part {Part} is unavailable; it is asked for again.")]
    private partial void LogUnavailable(Exception exception, string part);
}
