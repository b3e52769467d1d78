namespace Hearth.WebFrontend.Pages.Overview;

/// <param name="Name">What it is.</param>
/// <param name="State"><c>up</c>, <c>late</c> or <c>down</c>.</param>
/// <param name="Detail">A figure, or what is wrong.</param>
public sealed record HealthPart(string Name, string State, string Detail);
