using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Hearth.Model.Categories;

namespace Hearth.WebFrontend.Categories;

/// <summary>
/// Writes the answers that may be long straight into the response, some kilobytes at a time. Ids stand in the tree as they
/// stand in JSON, so descendants are copied as they are.
/// </summary>
internal sealed class CategoryJson(PipeWriter output, CancellationToken cancellationToken)
{
    private const int FlushAt = 64 * 1024;

    private static readonly byte[] BeginList = [.. ":["u8];
    private static readonly byte[] EndList = [.. "]"u8];
    private static readonly byte[] EndDocument = [.. "]}"u8];
    private static readonly byte[] EndIndex = [.. "}}"u8];
    private static readonly byte[] Comma = [.. ","u8];

    private int _unflushed;

    /// <summary>Writes everything below a category, whose length is known beforehand.</summary>
    public static async Task WriteDescendants(HttpResponse response, CategoryTree tree, int place)
    {
        var (opening, ids) = (Opening(tree, place), List(tree, place + 1, tree[place].End));
        response.ContentLength = opening.Length + ids.Length + EndDocument.Length;
        var json = new CategoryJson(response.BodyWriter, response.HttpContext.RequestAborted);
        await json.Write(opening);
        await json.Write(ids);
        await json.Write(EndDocument);
        await json.Flush();
    }

    /// <summary>Writes what is below a category, so many levels deep. What is too deep is skipped whole.</summary>
    public async Task WriteDescendants(CategoryTree tree, int place, int maxDepth)
    {
        var (end, last) = (tree[place].End, (long)tree[place].Depth + maxDepth);
        await Write(Opening(tree, place));
        var isFirst = true;
        for (var next = place + 1; next < end;)
        {
            var from = next;
            while (next < end && tree[next].Depth < last)
            {
                next++;
            }

            // One at the greatest depth: it is told, and what is below it is not.
            await WriteIds(tree, from, Math.Min(next + 1, end), isFirst);
            isFirst = false;
            next = next < end ? tree[next].End : end;
        }

        await Write(EndDocument);
        await Flush();
    }

    public async Task WriteIndex(CategoryTree tree)
    {
        await Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"version":{{tree.Version}},"index":{""")));
        for (var place = 0; place < tree.Count; place++)
        {
            await WriteIds(tree, place, place + 1, isFirst: place == 0);
            await Write(BeginList);
            await Write(List(tree, place + 1, tree[place].End));
            await Write(EndList);
        }

        await Write(EndIndex);
        await Flush();
    }

    private static byte[] Opening(CategoryTree tree, int place) =>
        [.. """{"id":"""u8, .. List(tree, place, place + 1).Span, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"version\":{tree.Version},\"descendants\":["))];

    /// <summary>Ids with commas between them.</summary>
    private static ReadOnlyMemory<byte> List(CategoryTree tree, int from, int end) => from == end ? default : tree.JsonIds(from, end)[..^1];

    private async ValueTask WriteIds(CategoryTree tree, int from, int end, bool isFirst)
    {
        if (!isFirst)
        {
            await Write(Comma);
        }

        await Write(List(tree, from, end));
    }

    private async ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(bytes.Length, FlushAt)];
            output.Write(part.Span);
            bytes = bytes[part.Length..];
            _unflushed += part.Length;
            if (_unflushed >= FlushAt)
            {
                await Flush();
            }
        }
    }

    private async ValueTask Flush()
    {
        _unflushed = 0;
        await output.FlushAsync(cancellationToken);
    }
}
