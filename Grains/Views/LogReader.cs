using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Hands each page its part of one partition of the log, in order, and decides what may be trimmed. A page that fails, or
/// that has lost what it was sent, is deferred: the others go on, it gets its part again from the first entry that the
/// log holds, and no entry that it lacks leaves the log. Nothing here is durable.
/// </summary>
/// <param name="partition">The partition.</param>
/// <param name="log">The log.</param>
/// <param name="apply">Sends a page its part.</param>
/// <param name="persist">Has a page persist what it took, up to an offset.</param>
internal sealed class LogReader(
    int partition, IViewLog log, Func<PagePart, ValueTask<ApplyResult>> apply, Func<string, long, ValueTask<ApplyResult>> persist)
{
    private const int MaxEntriesRead = 1024;

    /// <summary>Views wait while pages persist, so this has to stay well under what they may take to show.</summary>
    private static readonly TimeSpan PersistOver = TimeSpan.FromMilliseconds(250);

    /// <summary>After so many tries in which every page failed, they are deferred all the same.</summary>
    private const int MaxTries = 3;

    private readonly LogProgress _progress = new();
    private readonly PageCalls _applying = new();
    private readonly PageCalls _persisting = new();
    private int _tries;

    public long Position => _progress.Position;

    public int PagesChanged => _progress.Taken.Count;

    /// <summary>The pages that the log may hold views of, and the site: those that took some since the last checkpoint, and the deferred.</summary>
    public IEnumerable<string> Pages => _progress.Taken.Keys.Concat(_progress.Deferred);

    public int PagesDeferred => _progress.Deferred.Count;

    public int EntriesPassed => _progress.EntriesPassed;

    public int EntriesHeld => _progress.EntriesHeld;

    /// <summary>Why a page failed in the last step; null where it had only lost its activation.</summary>
    public Exception? LastFailure => _applying.LastFailure ?? _persisting.LastFailure;

    /// <summary>The entries that deferred pages may lack: the offset of the first, 0 for none, and how many there are.</summary>
    public (long First, int Count) Lacked() => _progress.Lacked();

    /// <summary>Whether the log may hold more than was read at once.</summary>
    public static bool MayHaveMore(ImmutableArray<LogEntry> entries) => entries.Length == MaxEntriesRead;

    /// <summary>Reads the next entries and hands them out. Returns them, none at the end of the log.</summary>
    /// <param name="over">The time over which to hand them out where the reader is not behind.</param>
    /// <exception cref="Exception">The log cannot be read, or too many pages fail; the same entries come next time.</exception>
    public async Task<ImmutableArray<LogEntry>> Advance(TimeSpan over)
    {
        BeginStep();
        var entries = await log.Read(partition, _progress.Position, MaxEntriesRead);
        if (entries.IsEmpty)
        {
            return entries;
        }

        var parts = _progress.Divide(entries);
        var (behind, failed) = await _applying.Run(parts, MayHaveMore(entries) ? TimeSpan.Zero : over, apply, _progress.Took);
        Defer(behind.Select(part => part.Page));
        _applying.ThrowIf(failed.Count > 0 && failed.Count == parts.Count && ++_tries < MaxTries, failed.Count);
        Defer(failed.Select(part => part.Page));
        _tries = 0;
        _progress.Passed(entries);
        return entries;
    }

    /// <summary>
    /// Sends the pages that were deferred all that the log holds for them. Returns how many have caught up; none where a
    /// store fails that they need.
    /// </summary>
    /// <exception cref="Exception">The log cannot be read.</exception>
    public async Task<int> CatchUp()
    {
        BeginStep();
        try
        {
            return await Replay();
        }
        catch (PagesFailedException)
        {
            // They stay deferred, LastFailure says why, and the pages that are not deferred go on.
            return 0;
        }
    }

    /// <summary>Has every page persist what it took, trims the log and notes that those pages wait for a flush.</summary>
    /// <returns>How many entries left the log.</returns>
    /// <exception cref="Exception">Too many pages fail, or the log cannot be written.</exception>
    public async Task<int> Checkpoint()
    {
        BeginStep();
        var (behind, failed) = await _persisting.Run(_progress.Taken, PersistOver, page => persist(page.Key, page.Value), _ => { });
        Defer(behind.Concat(failed).Select(page => page.Key));
        var trim = _progress.Trim();
        await log.Checkpoint(partition, trim, [.. _progress.Taken.Keys]);
        return _progress.Checkpointed(trim);
    }

    private async Task<int> Replay()
    {
        var sent = _progress.Deferred.ToDictionary(page => page, _ => 0L);
        for (var after = 0L; sent.Count > 0 && after < _progress.Position;)
        {
            var entries = await log.Read(partition, after, MaxEntriesRead);
            if (entries.IsEmpty)
            {
                break;
            }

            var (behind, failed) = await _applying.Run(
                _progress.Divide(entries, sent), TimeSpan.Zero, apply, part => sent[part.Page] = part.Entries[^1].Offset);
            behind.Concat(failed).ToList().ForEach(part => sent.Remove(part.Page));
            after = entries[^1].Offset;
        }

        foreach (var (page, offset) in sent)
        {
            _progress.CaughtUp(page, offset);
        }

        return sent.Count;
    }

    private void BeginStep()
    {
        _applying.BeginStep();
        _persisting.BeginStep();
    }

    private void Defer(IEnumerable<string> pages)
    {
        foreach (var page in pages)
        {
            _progress.Defer(page);
        }
    }
}
