using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Presence;

/// <summary>Who counts as online, and how presence reaches the database. Section <c>Presence</c>, the same in every process.</summary>
public sealed class PresenceOptions
{
    /// <summary>How many devices of a user may be online at once.</summary>
    public const int MaxDevices = 16;

    private static readonly TimeSpan LongestCoalescing = TimeSpan.FromSeconds(1);

    /// <summary>How long after the last action a user counts as online; 1 second to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ErrorMessage = "Presence:OnlineTimeout must be between 00:00:01 and 30.00:00:00.")]
    public TimeSpan OnlineTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often changes are flushed to <c>user_presence</c>; 1 second to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Presence:FlushInterval must be between 00:00:01 and 01:00:00.")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many grains share the directory; 1 to 1024. May change only while no process runs.</summary>
    [Range(1, PresenceBuckets.Count, ErrorMessage = "Presence:Shards must be between 1 and 1024.")]
    public int Shards { get; set; } = 16;

    /// <summary>
    /// A device's later actions are stored once the stored one is this old. Together with <see cref="CoalescingWindow"/>
    /// a tenth of the timeout: the most that a crash moves a last action back.
    /// </summary>
    public TimeSpan StoreInterval => OnlineTimeout / 12;

    /// <summary>A front end reports a device's actions once in this time: a second, or a sixtieth of the timeout if that is less.</summary>
    public TimeSpan CoalescingWindow => OnlineTimeout / 60 < LongestCoalescing ? OnlineTimeout / 60 : LongestCoalescing;
}
