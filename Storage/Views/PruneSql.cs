using Hearth.Model.Views;

namespace Hearth.Storage.Views;

/// <summary>The statements that remove what is no longer kept, in steps.</summary>
/// <remarks>Parameters: $1 the first day that is kept, $2 the most rows to change, $3 an empty sketch where one is written.</remarks>
internal static class PruneSql
{
    private const string Hours = "DELETE FROM page_view_slices WHERE (page, day, dimension, traffic, value) IN ("
        + "SELECT page, day, dimension, traffic, value FROM page_view_slices WHERE dimension = 'hour' AND day < $1 LIMIT $2)";

    private const string Breakdowns = "DELETE FROM page_view_slices WHERE (page, day, dimension, traffic, value) IN ("
        + "SELECT page, day, dimension, traffic, value FROM page_view_slices WHERE dimension IN ('location', 'referrer', 'campaign') AND day < $1 LIMIT $2)";

    private const string RowSketches = "UPDATE page_views SET sketch = $3 WHERE (page, day, location) IN ("
        + "SELECT page, day, location FROM page_views WHERE length(sketch) > 0 AND day < $1 LIMIT $2)";

    private const string SliceSketches = "UPDATE page_view_slices SET sketch = $3 WHERE (page, day, dimension, traffic, value) IN ("
        + "SELECT page, day, dimension, traffic, value FROM page_view_slices WHERE length(sketch) > 0 AND day < $1 LIMIT $2)";

    private const string DaySketches = "UPDATE page_view_days SET sketch = $3 WHERE (page, day) IN ("
        + "SELECT page, day FROM page_view_days WHERE length(sketch) > 0 AND day < $1 LIMIT $2)";

    /// <summary>Each statement, with the first day that it keeps and whether it writes an empty sketch.</summary>
    public static IEnumerable<(string Sql, DateOnly Before, bool WritesSketch)> Statements(ViewRetention before)
    {
        (string Sql, DateOnly Before, bool WritesSketch)[] ofPages =
        [
            (Hours, before.Hours, false), (Breakdowns, before.Breakdowns, false),
            (RowSketches, before.Sketches, true), (SliceSketches, before.Sketches, true), (DaySketches, before.Sketches, true),
        ];
        return ofPages.Concat(ofPages.Select(statement => statement with { Sql = SiteTables.Sql(statement.Sql) }));
    }
}
