namespace Hearth.WebFrontend.Pages.Overview;

/// <param name="PerSecond">Views accepted a second, over the last ten.</param>
/// <param name="LastDay">Views accepted within the last 24 hours.</param>
/// <param name="Until">When the last slice began, in Unix seconds.</param>
/// <param name="Slices">The last 24 hours in slices of ten minutes, oldest first; the last is under way.</param>
public sealed record ViewFigures(double PerSecond, long LastDay, long Until, IReadOnlyList<long> Slices);
