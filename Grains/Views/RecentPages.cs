using Hearth.Model.Ids;

namespace Hearth.Grains.Views;

/// <summary>The ids of pages that were viewed and that the database may lack, in the order of their bytes.</summary>
internal sealed class RecentPages
{
    private readonly SortedSet<string> _ids = new(Utf8Order.Instance);
    private readonly Dictionary<string, DateTimeOffset> _viewedAt = [];

    public bool IsEmpty => _ids.Count == 0;

    public void Viewed(string page, DateTimeOffset at)
    {
        if (!_viewedAt.ContainsKey(page))
        {
            _ids.Add(page);
        }

        _viewedAt[page] = at;
    }

    /// <summary>The database has every page that was viewed up to a moment.</summary>
    public void Flushed(DateTimeOffset through)
    {
        foreach (var (page, _) in _viewedAt.Where(page => page.Value <= through).ToArray())
        {
            _viewedAt.Remove(page);
            _ids.Remove(page);
        }
    }

    /// <summary>The first ids after one that begin with a text.</summary>
    public IEnumerable<string> Find(string prefix, string after, int limit)
    {
        var from = Utf8Order.Instance.Compare(prefix, after) > 0 ? prefix : after;
        return _ids.Max is { } last && Utf8Order.Instance.Compare(from, last) <= 0
            ? _ids.GetViewBetween(from, last).SkipWhile(page => page == after).TakeWhile(page => page.StartsWith(prefix, StringComparison.Ordinal)).Take(limit)
            : [];
    }
}
