using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;

namespace Hearth.Grains.Presence;

/// <summary>
/// One user's devices and visibility. Decides what each call changes, and whether that must be durable; a null decision
/// changes nothing. Devices lapse by the steady clock, and the last action never moves back.
/// </summary>
internal sealed class UserPresence(string user, PresenceOptions options)
{
    private readonly Dictionary<string, Device> _devices = [];
    private DateTimeOffset? _lastActionAt;
    private bool _visible = true;
    private TimeSpan _storedAt = TimeSpan.MinValue;
    private TimeSpan _signedOutAt = TimeSpan.MinValue;

    /// <summary>Goes on from what the directory holds.</summary>
    public static UserPresence Restore(string user, PresenceOptions options, RecalledUser? recalled, Moment now)
    {
        var presence = new UserPresence(user, options);
        if (recalled is { Entry: var entry })
        {
            presence._lastActionAt = entry.LastActionAt;
            presence._visible = entry.Visible;
            presence.RestoreDevices(entry.Devices, now.Steady + recalled.OnlineFor - options.OnlineTimeout);
        }

        return presence;
    }

    public (TouchResult Result, UserDecision? Decision) Touch(string device, TimeSpan age, Moment now)
    {
        var acted = now.Steady - age;
        if (HasLapsed(acted, now) || (age > TimeSpan.Zero && acted <= _signedOutAt))
        {
            return (TouchResult.Outdated, null);
        }

        ForgetLapsed(now);
        var isOnline = _devices.TryGetValue(device, out var known);
        if (isOnline && acted < known.ActedAt)
        {
            return (TouchResult.Accepted, null);
        }

        if (!isOnline && _devices.Count == PresenceOptions.MaxDevices)
        {
            return (TouchResult.TooManyDevices, null);
        }

        var utc = now.Utc - TimeSpan.FromMilliseconds(Math.Floor(age.TotalMilliseconds));
        _lastActionAt = utc < _lastActionAt ? _lastActionAt : utc;
        _devices[device] = new Device(acted, _lastActionAt.Value);
        return (TouchResult.Accepted, Decide(now, durable: !isOnline || now.Steady >= _storedAt + options.StoreInterval));
    }

    public UserDecision? SignOut(string? device, Moment now)
    {
        _signedOutAt = now.Steady;
        var wasThere = device is null ? _devices.Count > 0 : _devices.Remove(device);
        if (device is null)
        {
            _devices.Clear();
        }

        ForgetLapsed(now);
        return wasThere ? Decide(now, durable: true) : null;
    }

    public UserDecision? SetVisibility(bool visible, Moment now)
    {
        if (visible == _visible)
        {
            return null;
        }

        _visible = visible;
        ForgetLapsed(now);
        return Decide(now, durable: true);
    }

    /// <summary>The device that acted last did so at <paramref name="latest"/>; the others as long before it as their times tell.</summary>
    private void RestoreDevices(ImmutableArray<DeviceAction> devices, TimeSpan latest)
    {
        if (devices.IsEmpty)
        {
            return;
        }

        var latestUtc = devices.Max(device => device.LastActionAt);
        foreach (var device in devices)
        {
            _devices[device.Name] = new Device(latest - (latestUtc - device.LastActionAt), device.LastActionAt);
        }
    }

    private UserDecision Decide(Moment now, bool durable)
    {
        if (durable)
        {
            _storedAt = now.Steady;
        }

        var onlineFor = _devices.Count == 0
            ? TimeSpan.Zero
            : _devices.Values.Max(device => device.ActedAt) + options.OnlineTimeout - now.Steady;
        ImmutableArray<DeviceAction> devices = [.. _devices.Select(device => new DeviceAction(device.Key, device.Value.ActedAtUtc))];
        return new UserDecision(new RosterEntry(user, _lastActionAt, _visible, devices), onlineFor, durable);
    }

    private void ForgetLapsed(Moment now)
    {
        foreach (var (name, device) in _devices)
        {
            if (HasLapsed(device.ActedAt, now))
            {
                _devices.Remove(name);
            }
        }
    }

    private bool HasLapsed(TimeSpan acted, Moment now) => now.Steady - acted >= options.OnlineTimeout;

    private readonly record struct Device(TimeSpan ActedAt, DateTimeOffset ActedAtUtc);
}
