namespace Hearth.Model.Presence;

/// <summary>A row of the database's <c>user_presence</c>.</summary>
/// <param name="User">The user's id.</param>
/// <param name="LastActionAt">The last action; null for a user who only ever set their visibility.</param>
/// <param name="Visible">False hides the user from everybody but admins.</param>
public readonly record struct UserPresenceRow(string User, DateTimeOffset? LastActionAt, bool Visible);
