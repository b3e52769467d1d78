namespace Hearth.GrainInterfaces.Views;

/// <summary>How a reader stands, and what it has done since it started.</summary>
/// <param name="Position">The last offset that every page has taken, but for those set aside.</param>
/// <param name="EntriesHeld">Entries up to there that are in the log still.</param>
/// <param name="PagesAside">Pages that could not take what they were sent, and for which the log keeps it.</param>
/// <param name="Applied">Views that pages have counted, replays included.</param>
/// <param name="Trimmed">Entries that have left the log.</param>
/// <param name="Replays">Times that a page had to be sent again what it had lost or not taken.</param>
[GenerateSerializer, Immutable, Alias("partition-progress")]
public readonly record struct PartitionProgress(
    [property: Id(0)] long Position,
    [property: Id(1)] long EntriesHeld,
    [property: Id(2)] int PagesAside,
    [property: Id(3)] long Applied,
    [property: Id(4)] long Trimmed,
    [property: Id(5)] long Replays);
