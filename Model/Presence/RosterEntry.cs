using System.Collections.Immutable;

namespace Hearth.Model.Presence;

/// <summary>All that is kept about one user: what the user grain decides, the directory serves and the roster stores.</summary>
/// <param name="User">The user's id.</param>
/// <param name="LastActionAt">
/// The last action of any device, signed out or not; null when there is none on record. To be shown, never to be
/// compared with a clock: another machine may have read it from its own.
/// </param>
/// <param name="Visible">False hides the user from everybody but admins.</param>
/// <param name="Devices">The devices that have not signed out; those past the timeout may linger.</param>
/// <param name="Revision">Grows with each change of the user; given by the directory.</param>
public sealed record RosterEntry(
    string User,
    DateTimeOffset? LastActionAt,
    bool Visible,
    ImmutableArray<DeviceAction> Devices,
    long Revision = 0)
{
    /// <summary>How long the user is online after the entry was made; zero or less when offline.</summary>
    /// <param name="onlineTimeout">See <see cref="PresenceOptions.OnlineTimeout"/>.</param>
    public TimeSpan OnlineFor(TimeSpan onlineTimeout)
    {
        var longest = TimeSpan.Zero;
        foreach (var device in Devices)
        {
            longest = onlineTimeout - device.Age > longest ? onlineTimeout - device.Age : longest;
        }

        return longest;
    }

    /// <summary>The same entry as it is some time later.</summary>
    public RosterEntry After(TimeSpan elapsed) =>
        this with { Devices = [.. Devices.Select(device => device with { Age = device.Age + elapsed })] };
}
