using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.GrainInterfaces.Categories;

namespace Hearth.WebFrontend.Categories;

/// <summary>Writes the answers that may be long straight into the response, a few kilobytes at a time.</summary>
internal sealed class CategoryJson(PipeWriter output, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int FlushAt = 16 * 1024;

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public async Task WriteDescendants(CategoryTree tree, int place, int maxDepth)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, tree[place].Id);
        _json.WriteNumber("version"u8, tree.Version);
        _json.WritePropertyName("descendants"u8);
        await WriteIds(tree, place, maxDepth);
        _json.WriteEndObject();
        await Flush();
    }

    public async Task WriteIndex(CategoryTree tree)
    {
        _json.WriteStartObject();
        _json.WriteNumber("version"u8, tree.Version);
        _json.WriteStartObject("index"u8);
        for (var place = 0; place < tree.Count; place++)
        {
            _json.WritePropertyName(tree[place].Id);
            await WriteIds(tree, place, int.MaxValue);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        await Flush();
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    private async ValueTask WriteIds(CategoryTree tree, int place, int maxDepth)
    {
        var (end, depth) = (tree[place].End, tree[place].Depth);
        _json.WriteStartArray();
        var next = place + 1;
        while (next < end)
        {
            next = WriteSome(tree, next, end, depth, maxDepth);
            if (_json.BytesPending >= FlushAt)
            {
                await Flush();
            }
        }

        _json.WriteEndArray();
    }

    /// <summary>Writes ids until there is something to flush; returns where to go on. What is too deep is skipped whole.</summary>
    private int WriteSome(CategoryTree tree, int place, int end, int depth, int maxDepth)
    {
        while (place < end && _json.BytesPending < FlushAt)
        {
            ref readonly var node = ref tree[place];
            _json.WriteStringValue(node.Id);
            place = node.Depth - depth >= maxDepth ? node.End : place + 1;
        }

        return place;
    }

    private async Task Flush()
    {
        await _json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
