using Hearth.GrainInterfaces.Presence;

namespace Hearth.AspNetCore.Presence;

/// <summary>
/// One user's actions at this front end during one coalescing window: the first of each device is sent at once, and the
/// last of those that follow when the window ends.
/// </summary>
internal sealed class TouchWindow(string user)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DeviceTouch> _devices = [];
    private bool _closed;

    public string User { get; } = user;

    /// <summary>When the window ends, as a timestamp. Only the loop that ends windows uses it.</summary>
    public long EndsAt { get; set; }

    /// <summary>
    /// Joins the window, or with <paramref name="send"/> starts it for this device. Returns the call that answers for
    /// the action, or null when the window is closed.
    /// </summary>
    public Task<TouchResult>? Touch(string device, long now, Func<string, string, TimeSpan, Task<TouchResult>> send)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            if (_devices.TryGetValue(device, out var touch))
            {
                touch.HeldBack = now;
                return touch.Sent;
            }

            var sent = send(User, device, TimeSpan.Zero);
            _devices.Add(device, new DeviceTouch(sent));
            return sent;
        }
    }

    /// <summary>Ends the window: sends what was held back, and closes when that is nothing. Returns whether it goes on.</summary>
    /// <param name="send">Sends a device's action that happened at a timestamp.</param>
    public bool End(Func<string, string, long, Task<TouchResult>> send)
    {
        lock (_lock)
        {
            foreach (var (device, touch) in _devices)
            {
                if (touch.HeldBack is { } actedAt)
                {
                    touch.HeldBack = null;
                    touch.Sent = send(User, device, actedAt);
                }
                else if (touch.Sent.IsCompleted)
                {
                    _devices.Remove(device);
                }
            }

            _closed = _devices.Count == 0;
            return !_closed;
        }
    }

    /// <summary>A held back action could not be sent: holds it back again.</summary>
    public void HoldBack(string device, long actedAt)
    {
        lock (_lock)
        {
            if (!_closed && _devices.TryGetValue(device, out var touch))
            {
                touch.HeldBack ??= actedAt;
            }
        }
    }

    /// <summary>Forgets a device whose call failed or was refused, so that its next action is sent.</summary>
    public void Forget(string device, Task<TouchResult> call)
    {
        lock (_lock)
        {
            if (_devices.TryGetValue(device, out var touch) && touch.Sent == call)
            {
                _devices.Remove(device);
            }
        }
    }

    /// <summary>Forgets what was held back of a device, or with null of all. Returns the calls that are under way.</summary>
    public Task[] Cancel(string? device)
    {
        lock (_lock)
        {
            var cancelled = _devices.Where(touch => device is null || touch.Key == device).ToList();
            cancelled.ForEach(touch => _devices.Remove(touch.Key));
            return [.. cancelled.Select(touch => touch.Value.Sent)];
        }
    }

    private sealed class DeviceTouch(Task<TouchResult> sent)
    {
        public Task<TouchResult> Sent { get; set; } = sent;

        public long? HeldBack { get; set; }
    }
}
