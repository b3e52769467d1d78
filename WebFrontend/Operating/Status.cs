namespace Hearth.WebFrontend.Operating;

/// <summary>What Hearth is doing, in one document.</summary>
/// <param name="Version">Hearth's own version.</param>
/// <param name="Mode"><c>embedded</c> or <c>cluster</c>.</param>
/// <param name="Silos">The members of the cluster that are not dead.</param>
/// <param name="Activations">How many grains of each kind are in memory, over all silos.</param>
/// <param name="ViewsAccepted">Views ever accepted, sums of their counts.</param>
/// <param name="Views">How counting them goes.</param>
/// <param name="LogLag">What the view log holds that pages have not counted yet.</param>
/// <param name="SecondsSinceLastFlush">Since the moment up to which the database has every view that was persisted; null for never.</param>
/// <param name="Database">Whether the site's database answers.</param>
/// <param name="Redis">Whether Redis answers; null where there is none, as in the embedded mode.</param>
internal sealed record Status(
    string Version,
    string Mode,
    IReadOnlyList<SiloStatusEntry> Silos,
    IReadOnlyDictionary<string, int> Activations,
    long ViewsAccepted,
    ViewCounting Views,
    LogLag LogLag,
    double? SecondsSinceLastFlush,
    Reachability Database,
    Reachability? Redis);
