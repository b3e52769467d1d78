namespace Hearth.Contract.Tests.Sessions;

/// <summary>A session as the contract gives it.</summary>
internal sealed record SessionDocument(
    string Id, string? User, Dictionary<string, string> Data, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);
