namespace Hearth.Contract.Tests.Views;

/// <summary>What was acknowledged, to the last view: by page, day and location, with the visitors of each.</summary>
public sealed class ViewBooks
{
    private readonly Dictionary<(string Page, string Day, string Location), (long Views, HashSet<string> Visitors)> _rows = [];
    private long _count;

    /// <summary>All views.</summary>
    public long Count
    {
        get
        {
            lock (_rows)
            {
                return _count;
            }
        }
    }

    /// <summary>Views and distinct visitors of each row.</summary>
    public IReadOnlyDictionary<(string Page, string Day, string Location), (long Views, long Visitors)> Rows
    {
        get
        {
            lock (_rows)
            {
                return _rows.ToDictionary(row => row.Key, row => (row.Value.Views, (long)row.Value.Visitors.Count));
            }
        }
    }

    /// <summary>Views and distinct visitors of each page and day. A visitor of two locations counts once.</summary>
    public IReadOnlyDictionary<(string Page, string Day), (long Views, long Visitors)> Days
    {
        get
        {
            lock (_rows)
            {
                return _rows.GroupBy(row => (row.Key.Page, row.Key.Day)).ToDictionary(
                    day => day.Key,
                    day => (day.Sum(row => row.Value.Views), (long)day.SelectMany(row => row.Value.Visitors).Distinct().Count()));
            }
        }
    }

    /// <summary>Views and visitors of each page over all days.</summary>
    public IReadOnlyDictionary<string, (long Views, long Visitors)> Pages =>
        Days.GroupBy(day => day.Key.Page).ToDictionary(page => page.Key, page => (page.Sum(day => day.Value.Views), page.Sum(day => day.Value.Visitors)));

    public void Acknowledged(IEnumerable<PostedView> views)
    {
        lock (_rows)
        {
            foreach (var view in views)
            {
                var key = (view.Page, view.At[..10], view.Location);
                var (before, visitors) = _rows.GetValueOrDefault(key, (0, []));
                visitors.Add(view.Visitor);
                _rows[key] = (before + view.Count, visitors);
                _count += view.Count;
            }
        }
    }
}
