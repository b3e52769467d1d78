namespace Hearth.WebFrontend.Presence;

/// <summary>Whether a user is shown to others.</summary>
internal sealed record VisibilityRequest(bool? Visible);
