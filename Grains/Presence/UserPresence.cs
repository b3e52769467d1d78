using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;

namespace Hearth.Grains.Presence;

/// <summary>
/// One user's devices and visibility at the moment of one call. Decides what the call changes, and whether that must be
/// durable; a null decision changes nothing. Devices lapse by the steady clock, and the last action never moves back.
/// </summary>
internal sealed class UserPresence
{
    private readonly string _user;
    private readonly TimeSpan _onlineTimeout;
    private readonly List<Device> _devices;
    private readonly TimeSpan _signedOutAt;
    private DateTimeOffset? _lastActionAt;
    private bool _visible;

    /// <param name="user">The user's id.</param>
    /// <param name="onlineTimeout">See <see cref="PresenceOptions.OnlineTimeout"/>.</param>
    /// <param name="held">What the directory holds, aged up to now; null when it holds nothing.</param>
    /// <param name="signedOutAt">The last sign-out; where older ones are not remembered, when that began.</param>
    /// <param name="now">Now.</param>
    public UserPresence(string user, TimeSpan onlineTimeout, RosterEntry? held, TimeSpan signedOutAt, Moment now)
    {
        _user = user;
        _onlineTimeout = onlineTimeout;
        _lastActionAt = held?.LastActionAt;
        _visible = held?.Visible ?? true;
        _devices = held is null ? new(capacity: 1) : [.. held.Devices.Select(device => new Device(device.Name, now.Steady - device.Age))];
        _signedOutAt = signedOutAt;
    }

    /// <remarks>
    /// An action that was held back and is from before the last sign-out can prolong the presence of a device that is
    /// online, and cannot bring one back.
    /// </remarks>
    public (TouchResult Result, UserDecision? Decision) Touch(string device, TimeSpan age, Moment now)
    {
        var acted = now.Steady - age;
        ForgetLapsed(now);
        var place = Find(device);
        if (HasLapsed(acted, now) || (place < 0 && age > TimeSpan.Zero && acted <= _signedOutAt))
        {
            return (TouchResult.Outdated, null);
        }

        if (place >= 0 && acted < _devices[place].ActedAt)
        {
            return (TouchResult.Accepted, null);
        }

        if (place < 0 && _devices.Count == PresenceOptions.MaxDevices)
        {
            return (TouchResult.TooManyDevices, null);
        }

        Act(place, new Device(device, acted));
        var utc = now.Utc - TimeSpan.FromMilliseconds(Math.Floor(age.TotalMilliseconds));
        _lastActionAt = utc < _lastActionAt ? _lastActionAt : utc;
        return (TouchResult.Accepted, Decide(now, durable: place < 0));
    }

    /// <param name="device">Null for every device.</param>
    /// <param name="now">Now.</param>
    public UserDecision? SignOut(string? device, Moment now)
    {
        var wasThere = _devices.RemoveAll(known => device is null || known.Name == device) > 0;
        ForgetLapsed(now);
        return wasThere ? Decide(now, durable: true) : null;
    }

    /// <summary>Nothing is known of the user from now on: no device, no last action, not hidden.</summary>
    public UserDecision Forget() => new(new RosterEntry(_user, null, Visible: true, []), Durable: true);

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

    private int Find(string device)
    {
        for (var place = 0; place < _devices.Count; place++)
        {
            if (_devices[place].Name == device)
            {
                return place;
            }
        }

        return -1;
    }

    private void Act(int place, Device device)
    {
        if (place < 0)
        {
            _devices.Add(device);
        }
        else
        {
            _devices[place] = device;
        }
    }

    private UserDecision Decide(Moment now, bool durable)
    {
        ImmutableArray<DeviceAction> devices = [.. _devices.Select(device => new DeviceAction(device.Name, now.Steady - device.ActedAt))];
        return new UserDecision(new RosterEntry(_user, _lastActionAt, _visible, devices), durable);
    }

    private void ForgetLapsed(Moment now) => _devices.RemoveAll(device => HasLapsed(device.ActedAt, now));

    private bool HasLapsed(TimeSpan acted, Moment now) => now.Steady - acted >= _onlineTimeout;

    private readonly record struct Device(string Name, TimeSpan ActedAt);
}
