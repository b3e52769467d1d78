namespace Hearth.WebFrontend.Pages.Overview;

/// <param name="Mode"><c>embedded</c> or <c>cluster</c>.</param>
/// <param name="Parts">Each part, those at fault first.</param>
public sealed record HealthFigures(string Mode, IReadOnlyList<HealthPart> Parts);
