namespace Hearth.Silo.Operating;

/// <param name="Status"><c>live</c>, <c>ready</c> or <c>unready</c>.</param>
/// <param name="Parts">Each part that was asked, by name.</param>
public sealed record Health(string Status, IReadOnlyDictionary<string, PartHealth> Parts);
