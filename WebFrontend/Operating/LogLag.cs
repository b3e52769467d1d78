namespace Hearth.WebFrontend.Operating;

/// <param name="Entries">Log entries that not every page has taken yet.</param>
/// <param name="Seconds">The age of the oldest of them; 0 where there is none.</param>
internal sealed record LogLag(long Entries, double Seconds);
