using System.Runtime.CompilerServices;
using Hearth.Model.Categories;
using Hearth.Model.Ids;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Categories;

/// <summary>Reads the files that can be imported. A line at fault refuses the whole file and is named.</summary>
internal static class ImportFile
{
    private const string IdMark = " - ";
    private const string Below = " > ";

    private static readonly string[] CategoryHeader = ["id", "parent_id", "name"];
    private static readonly string[] ProductHeader = ["id", "category_id", "name"];

    public static IAsyncEnumerable<ImportLine> Categories(IAsyncEnumerable<(int, string)> lines) => Tsv(lines, CategoryHeader, CategoryFields.IdProblem);

    public static IAsyncEnumerable<ImportLine> Products(IAsyncEnumerable<(int, string)> lines) => Tsv(lines, ProductHeader, Id.Problem);

    /// <summary>
    /// Reads Google's <c>taxonomy-with-ids</c> text: <c>id - A &gt; B &gt; C</c>, and comments after <c>#</c>. A parent
    /// is named by its whole path and may stand further down, so this is not streamed.
    /// </summary>
    public static async IAsyncEnumerable<ImportLine> GoogleTaxonomy(IAsyncEnumerable<(int Number, string Text)> lines)
    {
        var entries = new List<(int Number, string Id, string Path)>();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var end = new BlankEnd();
        await foreach (var (number, line) in lines.Where(line => !line.Text.StartsWith('#')))
        {
            if (end.Skips(number, line))
            {
                continue;
            }

            var text = TsvRow.WithoutReturn(line);
            var mark = text.IndexOf(IdMark, StringComparison.Ordinal);
            var (id, path) = mark > 0 ? (text[..mark], text[(mark + IdMark.Length)..]) : throw Fault(number, "It must be: id - A > B > C.");
            if (!ids.TryAdd(path, id))
            {
                throw Fault(number, $"'{path}' stands in an earlier line already.");
            }

            entries.Add((number, id, path));
        }

        foreach (var (number, id, path) in entries)
        {
            var last = path.LastIndexOf(Below, StringComparison.Ordinal);
            string? parent = null;
            if (last >= 0 && !ids.TryGetValue(path[..last], out parent))
            {
                throw Fault(number, $"The parent '{path[..last]}' does not stand in the file.");
            }

            yield return Check(new ImportLine(number, id, parent, last < 0 ? path : path[(last + Below.Length)..]), CategoryFields.IdProblem);
        }
    }

    /// <summary>400, naming the line.</summary>
    public static InvalidRequestException Fault(int line, string reason) => new("body", $"Line {line}: {reason}");

    private static async IAsyncEnumerable<ImportLine> Tsv(
        IAsyncEnumerable<(int Number, string Text)> lines, string[] header, Func<string, string?> idProblem, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var hasHeader = false;
        await foreach (var (number, cells) in TsvRow.Read(lines).WithCancellation(cancellationToken))
        {
            if (hasHeader)
            {
                yield return Row(number, cells, idProblem);
            }
            else if (!cells.SequenceEqual(header))
            {
                break;
            }

            hasHeader = true;
        }

        if (!hasHeader)
        {
            throw Fault(1, $"The header must be: {string.Join("<TAB>", header)}.");
        }
    }

    private static ImportLine Row(int number, string[] cells, Func<string, string?> idProblem) => cells.Length == CategoryHeader.Length
        ? Check(new ImportLine(number, cells[0], cells[1].Length == 0 ? null : cells[1], cells[2]), idProblem)
        : throw Fault(number, $"It has {cells.Length} columns, not {CategoryHeader.Length}.");

    private static ImportLine Check(ImportLine line, Func<string, string?> idProblem)
    {
        if (idProblem(line.Id) is { } id)
        {
            throw Fault(line.Number, $"The id {id}.");
        }

        if (line.Above is not null && Id.Problem(line.Above) is { } above)
        {
            throw Fault(line.Number, $"The id in the second column {above}.");
        }

        return CategoryName.Problem(line.Name) is { } name ? throw Fault(line.Number, $"The name {name}.") : line;
    }
}
