using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>
/// How far a reader is in its partition, how far it has brought each page since the last checkpoint, and which pages it has
/// deferred: those get nothing more until they have caught up, and what they lack stays in the log.
/// </summary>
internal sealed class LogProgress
{
    /// <summary>A page that lacks more entries than this lacks, as far as the log is concerned, all of them.</summary>
    private const int MaxLater = 256;

    private readonly Dictionary<string, long> _taken = [];
    private readonly Dictionary<string, Backlog> _deferred = [];

    /// <summary>Offsets that the log still holds: passed since the last checkpoint, or kept by it. Ascending.</summary>
    private readonly List<long> _held = [];

    /// <summary>The last offset that every page has taken, but for those deferred; 0 before the first.</summary>
    public long Position { get; private set; }

    /// <summary>How many entries were passed since the last checkpoint.</summary>
    public int EntriesPassed { get; private set; }

    /// <summary>How many entries were passed and are in the log still.</summary>
    public int EntriesHeld => _held.Count;

    /// <summary>The pages that took something since the last checkpoint, with the last offset that each took.</summary>
    public IReadOnlyDictionary<string, long> Taken => _taken;

    /// <summary>The pages that lack something before <see cref="Position"/>.</summary>
    public IReadOnlyCollection<string> Deferred => _deferred.Keys;

    /// <summary>Divides entries by page, in the order in which pages first stand in them. Deferred pages get none.</summary>
    public IReadOnlyList<PagePart> Divide(ImmutableArray<LogEntry> entries)
    {
        var parts = Parts(entries, page => !_deferred.ContainsKey(page));
        return [.. parts.Select(part => new PagePart(part.Key, _taken.GetValueOrDefault(part.Key), part.Value.ToEntries()))];
    }

    /// <summary>Divides entries among the pages that are catching up alone.</summary>
    /// <param name="entries">Entries from the first one that the log holds on.</param>
    /// <param name="sent">The pages, with the last offset that each was sent; 0 for none.</param>
    public IReadOnlyList<PagePart> Divide(ImmutableArray<LogEntry> entries, IReadOnlyDictionary<string, long> sent) =>
        [.. Parts([.. entries.TakeWhile(entry => entry.Offset <= Position)], sent.ContainsKey)
            .Select(part => new PagePart(part.Key, sent[part.Key], part.Value.ToEntries()))];

    /// <summary>A page has taken its part.</summary>
    public void Took(PagePart part) => _taken[part.Page] = Math.Max(part.PreviousOffset, part.Entries[^1].Offset);

    /// <summary>Every page has taken its part of the entries, but for those deferred.</summary>
    public void Passed(ImmutableArray<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            _held.Add(entry.Offset);
            if (_deferred.Count > 0)
            {
                Lack(entry);
            }
        }

        Position = entries[^1].Offset;
        EntriesPassed += entries.Length;
    }

    /// <summary>
    /// A page could not take its part, or not persist what it took, or has lost it. What it took since the last checkpoint
    /// may be lost with its activation, so where it took any, everything that the log holds is kept for it.
    /// </summary>
    public void Defer(string page) => _deferred.TryAdd(page, new Backlog(_taken.Remove(page) && _held.Count > 0 ? _held[^1] : 0, []));

    /// <summary>A page that was deferred has taken everything up to <see cref="Position"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="offset">The last offset that it was sent; 0 where the log held nothing for it any more.</param>
    public void CaughtUp(string page, long offset)
    {
        _deferred.Remove(page);
        if (offset > 0)
        {
            _taken[page] = offset;
        }
    }

    /// <summary>The entries that deferred pages may lack: the offset of the first, 0 for none, and how many there are.</summary>
    public (long First, int Count) Lacked()
    {
        var lacked = _deferred.Count > 0 ? _held.FindAll(LackedOffsets()) : [];
        return lacked.Count > 0 ? (lacked[0], lacked.Count) : (0, 0);
    }

    /// <summary>What may leave the log once every page in <see cref="Taken"/> has persisted.</summary>
    public LogTrim Trim()
    {
        var isLacked = LackedOffsets();
        var first = _held.FindIndex(isLacked);
        return first < 0
            ? new LogTrim(Position, Position, [])
            : new LogTrim(Position, _held[first] - 1, [.. _held.Skip(first).Where(offset => !isLacked(offset))]);
    }

    /// <summary>What <see cref="Trim"/> told has left the log.</summary>
    /// <returns>How many entries were removed.</returns>
    public int Checkpointed(LogTrim trim)
    {
        var removed = trim.Entries.ToHashSet();
        _taken.Clear();
        EntriesPassed = 0;
        return _held.RemoveAll(offset => offset <= trim.Before || removed.Contains(offset));
    }

    private Predicate<long> LackedOffsets()
    {
        var through = 0L;
        var later = new HashSet<long>();
        foreach (var backlog in _deferred.Values)
        {
            through = Math.Max(through, backlog.Through);
            later.UnionWith(backlog.Later);
        }

        return offset => offset <= through || later.Contains(offset);
    }

    private void Lack(LogEntry entry)
    {
        Lack(SiteViews.Id, entry.Offset);
        foreach (var view in entry.Views)
        {
            Lack(view.Page, entry.Offset);
        }
    }

    private void Lack(string page, long offset)
    {
        if (_deferred.TryGetValue(page, out var backlog) && !(backlog.Later is [.., var last] && last == offset))
        {
            backlog.Later.Add(offset);
            if (backlog.Later.Count == MaxLater)
            {
                _deferred[page] = new Backlog(offset, []);
            }
        }
    }

    /// <summary>Each view is a page's and the site's.</summary>
    private static Dictionary<string, PageViewsByOffset> Parts(ImmutableArray<LogEntry> entries, Func<string, bool> isWanted)
    {
        var parts = new Dictionary<string, PageViewsByOffset>();
        PageViewsByOffset? site = null;
        foreach (var entry in entries)
        {
            foreach (var (page, view) in entry.Views)
            {
                (site ??= PartOf(parts, SiteViews.Id, isWanted))?.Add(entry.Offset, view);
                PartOf(parts, page, isWanted)?.Add(entry.Offset, view);
            }
        }

        return parts;
    }

    private static PageViewsByOffset? PartOf(Dictionary<string, PageViewsByOffset> parts, string page, Func<string, bool> isWanted)
    {
        if (!parts.TryGetValue(page, out var part) && isWanted(page))
        {
            parts.Add(page, part = new PageViewsByOffset());
        }

        return part;
    }

    /// <summary>
    /// What a deferred page may lack: everything held up to an offset, and single entries after it. One number stands for
    /// the first, since thousands of pages may be deferred while the log holds thousands of entries.
    /// </summary>
    private readonly record struct Backlog(long Through, List<long> Later);
}
