namespace Hearth.GrainInterfaces.Caching;

/// <summary>
/// Passes on to every process what became invalid, so that copies in their memory are dropped. Key: the channel. The last
/// notices are held in memory only; a reader that may have missed some is told so, and drops all its copies.
/// </summary>
[Alias("cache-notices")]
public interface ICacheNoticesGrain : IGrainWithStringKey
{
    /// <summary>Tells every reader, those that wait at once.</summary>
    [Alias("publish")] ValueTask Publish(ReadOnlyMemory<byte> notice);

    /// <summary>Returns what was published since, as soon as there is something, and otherwise nothing after some seconds.</summary>
    /// <param name="since">The <see cref="CacheNotices.Cursor"/> of the answer before; the default for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("read"), ResponseTimeout("00:00:20")] ValueTask<CacheNotices> Read(NoticeCursor since, CancellationToken cancellationToken = default);
}
