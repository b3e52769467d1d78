namespace Hearth.Grains.Views;

/// <summary>What is stored of the views by minute: a ring over a day, and where its last sample stood.</summary>
[GenerateSerializer, Alias("view-activity-state")]
internal sealed class ViewActivityState
{
    /// <summary>The minute of the last sample, since 1970; 0 before the first.</summary>
    [Id(0)]
    public long Minute { get; set; }

    /// <summary>The log's counter at the last sample.</summary>
    [Id(1)]
    public long Accepted { get; set; }

    /// <summary>Views by minute; a minute's place is its number modulo the length.</summary>
    [Id(2)]
    public long[] Ring { get; init; } = new long[24 * 60];
}
