namespace Hearth.GrainInterfaces.Views;

/// <summary>How a reader stands, and what it has done since it started.</summary>
/// <param name="Position">The last offset that every page has taken, but for deferred ones.</param>
/// <param name="EntriesHeld">Entries up to there that are in the log still.</param>
/// <param name="PagesDeferred">Pages that could not take what they were sent, and for which the log keeps it.</param>
/// <param name="Applied">Views that pages have counted, replays included.</param>
/// <param name="Trimmed">Entries that have left the log.</param>
/// <param name="Replays">Times that a page had to be sent again what it had lost or not taken.</param>
/// <param name="FirstLacked">The first offset that a deferred page may lack; 0 for none.</param>
/// <param name="EntriesLacked">How many entries deferred pages may lack.</param>
/// <param name="Stalled">How long the reader has not ended a step well, or has had deferred pages; the time since its last step otherwise.</param>
[GenerateSerializer, Immutable, Alias("partition-progress")]
public readonly record struct PartitionProgress(
    [property: Id(0)] long Position,
    [property: Id(1)] long EntriesHeld,
    [property: Id(2)] int PagesDeferred,
    [property: Id(3)] long Applied,
    [property: Id(4)] long Trimmed,
    [property: Id(5)] long Replays,
    [property: Id(6)] long FirstLacked,
    [property: Id(7)] int EntriesLacked,
    [property: Id(8)] TimeSpan Stalled);
