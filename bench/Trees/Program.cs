using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hearth.GrainInterfaces.Categories;

// What the category tree costs by itself: building it, holding it, editing it. Arguments: files of categories.
const int Edits = 21;

foreach (var file in args)
{
    var rows = Read(file);
    var texts = rows.Sum(row => Encoding.UTF8.GetByteCount(row.Id) + Encoding.UTF8.GetByteCount(row.Name));
    var build = Median(5, () => CategoryTree.Build(1, rows));
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var tree = CategoryTree.Build(1, rows);
    var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(file)}: {rows.Count} categories; build {build:0.0} ms; memory {(double)bytes / rows.Count:0.0} B a category, {(double)(bytes - texts) / rows.Count:0.0} B beyond its id and name"));
    foreach (var (name, changes) in Changes(tree))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {Median(Edits, () => tree.Apply(changes, 2)):0.00} ms"));
    }
}

static List<CategoryRow> Read(string file)
{
    var positions = new Dictionary<string, int>();
    var rows = new List<CategoryRow>();
    foreach (var line in File.ReadLines(file).Skip(1))
    {
        var cells = line.Split('\t');
        var position = positions[cells[1]] = positions.GetValueOrDefault(cells[1], -1) + 1;
        rows.Add(new CategoryRow(cells[0], cells[1].Length == 0 ? null : cells[1], cells[2], position));
    }

    return rows;
}

static IEnumerable<(string Name, CategoryChanges Changes)> Changes(CategoryTree tree)
{
    var middle = tree.Row(tree.Count / 2);
    var last = tree.Row(tree.Count - 1);
    yield return ("rename", new CategoryChanges([middle with { Name = "Another name" }], []));
    yield return ("insert", new CategoryChanges([new CategoryRow("a new one", middle.Id, "A new one", 0)], []));
    yield return ("move", new CategoryChanges([last with { ParentId = tree.Row(tree.Count / 3).Id }], []));
    yield return ("remove", new CategoryChanges([], [last.Id]));
}

static double Median(int times, Func<object> work)
{
    var milliseconds = new double[times];
    for (var i = 0; i < times; i++)
    {
        var started = Stopwatch.GetTimestamp();
        GC.KeepAlive(work());
        milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    Array.Sort(milliseconds);
    return milliseconds[times / 2];
}
