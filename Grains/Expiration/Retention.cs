namespace Hearth.Grains.Expiration;

/// <summary>
/// When an activation should look whether it still holds anything. What is used leaves memory through Orleans' idle
/// collection; only what expires before the collector would come needs a timer of its own.
/// </summary>
internal static class Retention
{
    /// <summary>The idle time after which such activations are collected, in minutes, for <see cref="CollectionAgeLimitAttribute"/>.</summary>
    public const double CollectionAgeMinutes = 2;

    /// <summary>
    /// How long an activation that holds nothing stays. It spares the store repeated questions for a missing key, and
    /// callers that wait in line are answered instead of being forwarded from one closing activation to the next.
    /// </summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    /// <summary>Over how long the activations that expire at the same moment are spread, so that they do not stall others.</summary>
    public static readonly TimeSpan Spread = TimeSpan.FromSeconds(20);

    /// <summary>What lives longer than this without a call is collected before its deadline.</summary>
    public static readonly TimeSpan CollectorReach = TimeSpan.FromMinutes(2 * CollectionAgeMinutes + 1);

    /// <summary>How long to wait before looking; null where the collector comes first.</summary>
    /// <param name="now">The present.</param>
    /// <param name="deadline">
    /// The deadline that the store has for what is held, null where nothing is. Before it the activation must stay even if
    /// what it holds has expired: another one, loaded from the store, would not know.
    /// </param>
    /// <param name="hash">A hash of the grain's key, which spreads them.</param>
    public static TimeSpan? LookAfter(DateTimeOffset now, DateTimeOffset? deadline, uint hash)
    {
        if (deadline is not { } end)
        {
            return Linger + Linger * Fraction(hash);
        }

        var left = end > now ? end - now : TimeSpan.Zero;
        return left > CollectorReach ? null : left + Spread * Fraction(hash);
    }

    private static double Fraction(uint hash) => hash / (double)uint.MaxValue;
}
