namespace Hearth.Model.Views;

/// <summary>The state of one partition of the view log.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="LastOffset">The offset of the newest entry ever appended; 0 for none.</param>
/// <param name="TrimmedOffset">The offset up to which entries were trimmed; 0 for none.</param>
/// <param name="Accepted">How many views were ever accepted into it, sums of their counts.</param>
/// <param name="Entries">How many entries it holds, which is fewer than the offsets tell where these have jumped.</param>
public readonly record struct PartitionStatus(int Partition, long LastOffset, long TrimmedOffset, long Accepted, long Entries);
