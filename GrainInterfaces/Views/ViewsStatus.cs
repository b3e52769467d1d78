namespace Hearth.GrainInterfaces.Views;

/// <summary>How counting stands.</summary>
/// <param name="Accepted">Views ever accepted, sums of their counts.</param>
/// <param name="LagEntries">Log entries that not every page has taken yet, those kept for deferred pages included.</param>
/// <param name="Lag">The age of the oldest of them; zero where there is none.</param>
/// <param name="LastFlush">Up to when the database has everything that was persisted; null for never, or while it is down.</param>
/// <param name="Applied">Views that pages have counted since the readers started, replays included.</param>
/// <param name="Trimmed">Log entries trimmed since then.</param>
/// <param name="Replays">Times since then that a page had to be sent again what it had lost or not taken.</param>
/// <param name="PagesDeferred">Pages that cannot take their views, which the log keeps for them.</param>
/// <param name="FlushDuration">How long the last flush took in the slowest shard; null where there was none yet.</param>
/// <param name="Stalled">For how long the slowest reader has got nowhere; under a few seconds while all is well.</param>
[GenerateSerializer, Immutable, Alias("views-status")]
public sealed record ViewsStatus(
    [property: Id(0)] long Accepted, [property: Id(1)] long LagEntries, [property: Id(2)] TimeSpan Lag, [property: Id(3)] DateTimeOffset? LastFlush,
    [property: Id(4)] long Applied, [property: Id(5)] long Trimmed, [property: Id(6)] long Replays, [property: Id(7)] int PagesDeferred,
    [property: Id(8)] TimeSpan? FlushDuration, [property: Id(9)] TimeSpan Stalled);
