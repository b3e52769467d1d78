namespace Hearth.WebFrontend.Operating;

/// <summary>How counting views goes.</summary>
/// <param name="Accepted">Views ever accepted, sums of their counts.</param>
/// <param name="Applied">Views that pages have counted since the readers of the log started, replays included.</param>
/// <param name="Trimmed">Log entries trimmed since then, their views persisted.</param>
/// <param name="Replays">Times since then that a page had to be sent again what it had lost or not taken.</param>
/// <param name="PagesDeferred">Pages that cannot take their views just now; the log keeps these for them.</param>
/// <param name="Refused">Items that this front end has refused since it started, by reason.</param>
/// <param name="FlushAgeSeconds">Since the moment up to which the database has everything that was persisted; null for never.</param>
/// <param name="FlushSeconds">How long the last flush took in the slowest shard; null where there was none yet.</param>
/// <param name="StalledSeconds">For how long the slowest reader of the log has got nowhere; a few tenths while all is well.</param>
internal sealed record ViewCounting(
    long Accepted,
    long Applied,
    long Trimmed,
    long Replays,
    int PagesDeferred,
    IReadOnlyDictionary<string, long> Refused,
    double? FlushAgeSeconds,
    double? FlushSeconds,
    double StalledSeconds);
