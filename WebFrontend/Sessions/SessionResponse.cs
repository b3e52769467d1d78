using Hearth.GrainInterfaces.Sessions;

namespace Hearth.WebFrontend.Sessions;

/// <summary>A session.</summary>
/// <param name="Id">Its id; in lists its first 8 characters.</param>
/// <param name="User">Whose it is, or null.</param>
/// <param name="Data">Any JSON by key, as it was given.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last read or changed.</param>
/// <param name="ExpiresAt">When it ends unless it is used before.</param>
internal sealed record SessionResponse(
    string Id,
    string? User,
    IReadOnlyDictionary<string, SessionValue> Data,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt)
{
    public static SessionResponse Of(string id, Session session) =>
        new(id, session.User, session.Data.ToDictionary(pair => pair.Key, pair => new SessionValue(pair.Value)), session.CreatedAt, session.LastUsedAt, session.ExpiresAt);
}
