namespace Hearth.AspNetCore.Caching;

/// <summary>How an answer is kept, and what happens while it is worked out anew.</summary>
public sealed record AnswerOptions
{
    /// <summary>How long an answer is fresh. Default 5 minutes.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after it was worked out an answer may still stand in, stale, when the factory fails or takes too long.
    /// Default zero: never.
    /// </summary>
    public TimeSpan StaleFor { get; init; }

    /// <summary>How long to wait for the factory while there is a stale answer; it is finished in the background. Null: as long as it takes.</summary>
    public TimeSpan? SoftTimeout { get; init; }

    /// <summary>How long to wait for the factory in any case, before <see cref="TimeoutException"/>. Null: as long as it takes.</summary>
    public TimeSpan? HardTimeout { get; init; }

    /// <summary>The part of the lifetime, 0 to 1, after which the next caller has the answer refreshed in the background. Null: none.</summary>
    public float? EagerRefresh { get; init; }

    /// <summary>How long the answer null is kept, so that what does not exist is not looked for again and again. Null: as any other; zero: not at all.</summary>
    public TimeSpan? NullLifetime { get; init; }

    /// <summary>Names under which answers are removed together.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
