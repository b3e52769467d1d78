using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;

namespace Hearth.Grains.Presence;

/// <summary>A user whom a shard of the directory holds. Times are of the steady clock.</summary>
internal sealed class HeldUser(string user)
{
    public string User { get; } = user;

    public RosterEntry Entry { get; set; } = new(user, null, true, []);

    /// <summary>When the entry was made.</summary>
    public TimeSpan RecordedAt { get; set; }

    /// <summary>When the user lapses without another action.</summary>
    public TimeSpan ExpiresAt { get; set; }

    public bool Online { get; set; }

    /// <summary>For when the user stands in the queue of lapses; null when not in it. Other places in it are void.</summary>
    public TimeSpan? QueuedFor { get; set; }

    /// <summary>The shard's revision at the user's last change of any kind.</summary>
    public long Revision { get; set; }

    /// <summary>The revision of the entry in the roster; 0 when it has none.</summary>
    public long StoredRevision { get; set; }

    /// <summary>When that entry was made.</summary>
    public TimeSpan StoredAt { get; set; }

    /// <summary>The last sign-out of a device; where older ones are not remembered, when the user was first held.</summary>
    public TimeSpan SignedOutAt { get; set; }

    public bool IsShown => Online && Entry.Visible;

    public PresenceState State(long revision) => new(User, Online, Entry.LastActionAt, Entry.Visible, revision);
}
