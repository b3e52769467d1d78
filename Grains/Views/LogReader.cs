using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// Hands each page its part of one partition of the log, in order, and decides what may be trimmed. A page that fails, or
/// that has lost what it was sent, is set aside: the others go on, it gets its part again from the first entry that the
/// log holds, and no entry that it lacks leaves the log. Nothing here is durable.
/// </summary>
/// <param name="partition">The partition.</param>
/// <param name="log">The log.</param>
/// <param name="apply">Sends a page its part.</param>
/// <param name="persist">Has a page persist what it took, up to an offset.</param>
internal sealed class LogReader(
    int partition, IViewLog log, Func<PagePart, ValueTask<ApplyResult>> apply, Func<string, long, ValueTask<ApplyResult>> persist)
{
    /// <summary>More pages than this are not set aside: then it is not they that fail, but what they all need.</summary>
    public const int MaxAside = 1024;

    private const int MaxEntriesRead = 1024;

    /// <summary>Calls to more pages than this are not spread, since the reader is behind.</summary>
    private const int MaxSpread = 1024;
    private const int SpreadAtOnce = 64;

    /// <summary>Many wait for the same commits and queries.</summary>
    private const int PagesAtOnce = 512;

    /// <summary>Views wait while pages persist, so this has to stay well under what they may take to show.</summary>
    private static readonly TimeSpan PersistOver = TimeSpan.FromMilliseconds(250);

    /// <summary>After so many tries in which no page took anything, those that fail are set aside all the same.</summary>
    private const int MaxTries = 3;

    private readonly LogProgress _progress = new();
    private int _tries;

    public long Position => _progress.Position;

    public int PagesChanged => _progress.Taken.Count;

    public int PagesAside => _progress.Aside.Count;

    public int EntriesPassed => _progress.EntriesPassed;

    public int EntriesHeld => _progress.EntriesHeld;

    /// <summary>Why a page failed in the last step; null where it had only lost its activation.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>Whether the log may hold more than was read at once.</summary>
    public static bool MayHaveMore(ImmutableArray<LogEntry> entries) => entries.Length == MaxEntriesRead;

    /// <summary>Reads the next entries and hands them out. Returns them, none at the end of the log.</summary>
    /// <param name="over">The time over which to hand them out where the reader is not behind.</param>
    /// <exception cref="Exception">The log cannot be read, or too many pages fail; the same entries come next time.</exception>
    public async Task<ImmutableArray<LogEntry>> Advance(TimeSpan over)
    {
        LastFailure = null;
        var entries = await log.Read(partition, _progress.Position, MaxEntriesRead);
        if (entries.IsEmpty)
        {
            return entries;
        }

        var parts = _progress.Divide(entries);
        var failed = await Send(parts, MayHaveMore(entries) ? TimeSpan.Zero : over, _progress.Took);
        if (failed.Count > 0)
        {
            SetAside(failed, canWait: failed.Count == parts.Count && ++_tries < MaxTries);
        }

        _tries = 0;
        _progress.Passed(entries);
        return entries;
    }

    /// <summary>Sends the pages that were set aside all that the log holds for them. Returns how many have caught up.</summary>
    public async Task<int> CatchUp()
    {
        LastFailure = null;
        var sent = _progress.Aside.ToDictionary(page => page, _ => 0L);
        for (var after = 0L; sent.Count > 0 && after < _progress.Position;)
        {
            var entries = await log.Read(partition, after, MaxEntriesRead);
            if (entries.IsEmpty)
            {
                break;
            }

            var failed = await Send(_progress.Divide(entries, sent), TimeSpan.Zero, part => sent[part.Page] = part.Entries[^1].Offset);
            failed.ForEach(page => sent.Remove(page));
            after = entries[^1].Offset;
        }

        foreach (var (page, offset) in sent)
        {
            _progress.CaughtUp(page, offset);
        }

        return sent.Count;
    }

    /// <summary>Has every page persist what it took, trims the log and notes that those pages wait for a flush.</summary>
    /// <returns>How many entries left the log.</returns>
    /// <exception cref="Exception">Too many pages fail, or the log cannot be written.</exception>
    public async Task<int> Checkpoint()
    {
        LastFailure = null;
        var failed = new List<string>();
        await ForEach(_progress.Taken, PersistOver, async page =>
        {
            if (!await TryCall(() => persist(page.Key, page.Value)))
            {
                failed.Add(page.Key);
            }
        });
        SetAside(failed, canWait: false);
        var trim = _progress.Trim();
        await log.Checkpoint(partition, trim, [.. _progress.Taken.Keys]);
        return _progress.Checkpointed(trim);
    }

    /// <summary>Sends parts side by side. Returns the pages that could not take theirs.</summary>
    private async Task<List<string>> Send(IReadOnlyList<PagePart> parts, TimeSpan over, Action<PagePart> took)
    {
        var failed = new List<string>();
        await ForEach(parts, over, async part =>
        {
            if (await TryCall(() => apply(part)))
            {
                took(part);
            }
            else
            {
                failed.Add(part.Page);
            }
        });
        return failed;
    }

    private static Task ForEach<T>(IReadOnlyCollection<T> items, TimeSpan over, Func<T, Task> action) => items.Count > MaxSpread
        ? Bounded.ForEach(items, PagesAtOnce, action)
        : Bounded.Spread(items, SpreadAtOnce, over, action);

    private async Task<bool> TryCall(Func<ValueTask<ApplyResult>> call)
    {
        try
        {
            return await call() == ApplyResult.Done;
        }
        catch (Exception exception)
        {
            LastFailure = exception;
            return false;
        }
    }

    private void SetAside(List<string> failed, bool canWait)
    {
        if (canWait || PagesAside + failed.Count > MaxAside)
        {
            throw new PagesFailedException($"{failed.Count} pages could not take their views.", LastFailure);
        }

        failed.ForEach(_progress.SetAside);
    }
}
