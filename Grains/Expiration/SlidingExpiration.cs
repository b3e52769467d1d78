namespace Hearth.Grains.Expiration;

/// <summary>
/// The lifetime of something that lives for a while after each use, but never past an absolute end.
/// </summary>
/// <remarks>
/// A use must not cost a write to the store, so the deadline that the store knows runs ahead of the expiry by a slack,
/// and is written again only once the expiry has caught up with it. Always: expiry ≤ the store's deadline. So whoever
/// loads it, after a crash or an idle time, and takes the deadline for the expiry ends nothing too early, and nothing more than a slack late.
/// </remarks>
/// <param name="Idle">How long it lives after each use; null where use changes nothing.</param>
/// <param name="AbsoluteEnd">When it ends in any case; null for never.</param>
internal readonly record struct SlidingExpiration(TimeSpan? Idle, DateTimeOffset? AbsoluteEnd)
{
    private const int SlackDivisor = 10;

    /// <summary>With the 30 s that Redis waits for clocks that differ, what has expired is still gone within 60.</summary>
    private static readonly TimeSpan MaxSlack = TimeSpan.FromSeconds(20);

    /// <summary>The longest that something can live past its time, once it has left memory.</summary>
    public TimeSpan Slack => Idle is { } idle ? new(Math.Min(idle.Ticks / SlackDivisor, MaxSlack.Ticks)) : TimeSpan.Zero;

    /// <summary>When it ends, if it is last used at this time.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset lastUsedAt) => Earlier(lastUsedAt + Idle);

    /// <summary>The deadline to write with a use at this time.</summary>
    public DateTimeOffset DeadlineFor(DateTimeOffset lastUsedAt) => Earlier(lastUsedAt + Idle + Slack);

    private DateTimeOffset Earlier(DateTimeOffset? slidingEnd) => (slidingEnd, AbsoluteEnd) switch
    {
        ({ } sliding, { } absolute) => sliding < absolute ? sliding : absolute,
        ({ } sliding, null) => sliding,
        (null, { } absolute) => absolute,
        _ => DateTimeOffset.MaxValue,
    };
}
