namespace Hearth.GrainInterfaces.Presence;

/// <summary>One user's presence as it truly is; <see cref="AsSeenBy"/> is what may be told.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Online">Whether a device acted within the timeout and has not signed out.</param>
/// <param name="LastActionAt">The last action; null when there is none on record.</param>
/// <param name="Visible">False hides the user from everybody but admins.</param>
/// <param name="Revision">The last of the shard's changes that the state includes. Orders states of the same user.</param>
[GenerateSerializer, Immutable, Alias("presence-state")]
public readonly record struct PresenceState(
    [property: Id(0)] string User,
    [property: Id(1)] bool Online,
    [property: Id(2)] DateTimeOffset? LastActionAt,
    [property: Id(3)] bool Visible,
    [property: Id(4)] long Revision)
{
    /// <summary>The truth for an admin who asks for it; for everybody else an invisible user is offline and was never seen.</summary>
    public PresenceState AsSeenBy(bool actual) =>
        actual || Visible ? this : this with { Online = false, LastActionAt = null };
}
