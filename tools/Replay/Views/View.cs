namespace Hearth.Replay.Views;

/// <summary>One view as <c>POST /views</c> takes it.</summary>
/// <param name="At">UTC.</param>
internal sealed record View(string Page, string? Location, string Visitor, string Id, DateTime At);
