using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hearth.Model.Categories;

// What the category tree costs by itself: building it, holding it, editing it. Arguments: files of categories.
const int Edits = 21;
const int Builds = 7;

foreach (var file in args)
{
    // Packed, as rows come from a database and do not stay: a million of them as objects would only be in the collector's way.
    var (packed, count, texts) = Pack(Read(file));
    var reading = Median(Builds, () => Unpack(packed).Count(row => row.Position >= 0));
    var taking = Median(Builds, () => Take(Unpack(packed)));
    var builder = Take(Unpack(packed));
    var building = Median(Builds, () => builder.Build(1));
    builder = null;
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var tree = CategoryTree.Build(1, Unpack(packed));
    var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(file)}: {count} categories; to take the rows {taking - reading:0.0} ms (beyond reading them, {reading:0.0} ms), to build {building:0.0} ms; memory {(double)bytes / count:0.0} B a category, {(double)(bytes - texts) / count:0.0} B beyond its id and name"));
    foreach (var (name, changes) in Changes(tree))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {Median(Edits, () => tree.Apply(changes, 2)):0.00} ms"));
    }
}

static IEnumerable<CategoryRow> Read(string file)
{
    var positions = new Dictionary<string, int>();
    foreach (var line in File.ReadLines(file).Skip(1))
    {
        var cells = line.Split('\t');
        var position = positions[cells[1]] = positions.GetValueOrDefault(cells[1], -1) + 1;
        yield return new CategoryRow(cells[0], cells[1].Length == 0 ? null : cells[1], cells[2], position);
    }
}

static (byte[] Rows, int Count, long Texts) Pack(IEnumerable<CategoryRow> rows)
{
    using var bytes = new MemoryStream();
    using var writer = new BinaryWriter(bytes);
    var (count, texts) = (0, 0L);
    foreach (var row in rows)
    {
        writer.Write(row.Id);
        writer.Write(row.ParentId ?? "");
        writer.Write(row.Name);
        writer.Write(row.Position);
        count++;
        texts += Encoding.UTF8.GetByteCount(row.Id) + Encoding.UTF8.GetByteCount(row.Name);
    }

    return (bytes.ToArray(), count, texts);
}

static IEnumerable<CategoryRow> Unpack(byte[] rows)
{
    using var bytes = new MemoryStream(rows);
    using var reader = new BinaryReader(bytes);
    while (bytes.Position < rows.Length)
    {
        var (id, parent, name, position) = (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        yield return new CategoryRow(id, parent.Length == 0 ? null : parent, name, position);
    }
}

static CategoryTreeBuilder Take(IEnumerable<CategoryRow> rows)
{
    var builder = new CategoryTreeBuilder();
    foreach (var row in rows)
    {
        builder.Add(row);
    }

    return builder;
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
