namespace Hearth.GrainInterfaces.Caching;

/// <summary>
/// Lets one caller in the whole cluster at a time work out an answer. Key: a hash of what the answer is kept under.
/// Nothing is durable: when the silo is lost, so is the turn, and the next caller gets one.
/// </summary>
[Alias("cache-turn")]
public interface ICacheTurnGrain : IGrainWithStringKey
{
    /// <summary>How long a turn lasts unless it is renewed, so that a caller that was killed holds nobody up for longer.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>The longest that one call waits.</summary>
    static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    /// <summary>Takes the turn, for <see cref="Lease"/>. False when it was not free in time.</summary>
    /// <param name="holder">Whose turn it is to be; fresh for each turn.</param>
    /// <param name="wait">How long to wait in line, at most <see cref="MaxWait"/>; zero does not wait.</param>
    [Alias("take")] ValueTask<bool> Take(Guid holder, TimeSpan wait);

    /// <summary>Has the turn last <see cref="Lease"/> from now. False when it is another's.</summary>
    [Alias("renew")] ValueTask<bool> Renew(Guid holder);

    /// <summary>Gives the turn up, if it is the caller's.</summary>
    [Alias("yield")] ValueTask Yield(Guid holder);
}
