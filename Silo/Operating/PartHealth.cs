namespace Hearth.Silo.Operating;

/// <param name="Status"><c>up</c> or <c>down</c>.</param>
/// <param name="Detail">What a part that is down has said.</param>
public sealed record PartHealth(string Status, string? Detail);
