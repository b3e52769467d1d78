namespace Hearth.Replay.Tests;

/// <summary>A view as the server reads it.</summary>
public sealed record FakeView(string Page, string? Location, string Visitor, string Id, DateTimeOffset At);
