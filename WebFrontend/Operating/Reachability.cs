namespace Hearth.WebFrontend.Operating;

/// <param name="Reachable">Whether the part answered just now.</param>
internal sealed record Reachability(bool Reachable);
