using System.Collections.Immutable;

namespace Hearth.Model.Sessions;

/// <summary>A session as a store keeps it. All times are whole milliseconds.</summary>
/// <param name="ShortId">The first characters of its id; empty where the key is barred, so that no session begins under it.</param>
/// <param name="User">Whose it is, or null.</param>
/// <param name="Data">What the site keeps in it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">A use of it; there may have been later ones, which <paramref name="Deadline"/> allows for.</param>
/// <param name="IdleTimeout">How long it lives after each use.</param>
/// <param name="AbsoluteEnd">When it ends however much it is used; null for never.</param>
/// <param name="Deadline">Not before the moment it expires: the store may forget it from then on.</param>
/// <param name="Version">1 at first, and one more with each change of its data or user.</param>
public sealed record StoredSession(
    string ShortId,
    string? User,
    ImmutableDictionary<string, string> Data,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    TimeSpan IdleTimeout,
    DateTimeOffset? AbsoluteEnd,
    DateTimeOffset Deadline,
    long Version)
{
    /// <summary>Whether this keeps a session from beginning, and is none itself.</summary>
    public bool IsBar => ShortId.Length == 0;

    /// <summary>Whether it marks a session that was ended or got another id. What is made by itself under a key may take its place.</summary>
    public bool IsTombstone => IsBar && IdleTimeout == TimeSpan.Zero;
}
