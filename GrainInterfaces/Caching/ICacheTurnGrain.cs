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

    /// <summary>How long a removal waits for those who write.</summary>
    static readonly TimeSpan MaxWriteWait = TimeSpan.FromSeconds(2);

    /// <summary>Takes the turn, for <see cref="Lease"/>. False when it was not free in time.</summary>
    /// <param name="holder">Whose turn it is to be; fresh for each turn.</param>
    /// <param name="wait">How long to wait in line, at most <see cref="MaxWait"/>; zero does not wait.</param>
    [Alias("take")] ValueTask<bool> Take(Guid holder, TimeSpan wait);

    /// <summary>Has the turn last <see cref="Lease"/> from now. False when it is another's.</summary>
    [Alias("renew")] ValueTask<bool> Renew(Guid holder);

    /// <summary>
    /// The stamp before a factory begins. Where it is another one when the factory ends, its answer was overtaken by a removal
    /// and is not to be kept.
    /// </summary>
    [Alias("get-stamp")] ValueTask<CacheStamp> GetStamp();

    /// <summary>An answer is about to be written. False where it was overtaken since it began, and must not be.</summary>
    /// <param name="writer">Who writes; fresh for each write.</param>
    /// <param name="before">The stamp from before the factory began.</param>
    [Alias("begin-write")] ValueTask<bool> BeginWrite(Guid writer, CacheStamp before);

    /// <summary>An answer was written. False where a removal has not waited for it, so that it must be removed again.</summary>
    [Alias("end-write")] ValueTask<bool> EndWrite(Guid writer);

    /// <summary>
    /// Notes that what is kept is about to be removed or replaced. Answers that are being written just now are waited for, so
    /// that the removal finds them, but no longer than <see cref="MaxWriteWait"/>.
    /// </summary>
    [Alias("overtake")] ValueTask Overtake();

    /// <summary>Gives the turn up, if it is the caller's.</summary>
    [Alias("yield")] ValueTask Yield(Guid holder);
}
