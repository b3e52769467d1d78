using Hearth.GrainInterfaces.Categories;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Hearth.WebFrontend.Categories;

/// <summary>Hands a file over to an import grain while it is being read.</summary>
internal static class ImportUpload
{
    public const string Tsv = "text/tab-separated-values";
    public const string PlainText = "text/plain";

    private const long MaxBytes = 256L << 20;

    /// <summary>Whether a request's body is of a type, in UTF-8.</summary>
    public static bool IsOf(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    public static ProblemHttpResult WrongType(string wanted) =>
        Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"The body must be {wanted}, in UTF-8.");

    public static IAsyncEnumerable<(int, string)> Lines(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        return LineReader.Read(context.Request.BodyReader, context.RequestAborted);
    }

    public static async Task<ImportResult> Send(IImportGrain import, IAsyncEnumerable<ImportLine> lines, bool replace)
    {
        var taken = 0;
        await foreach (var chunk in lines.Chunk(IImportGrain.MaxLines))
        {
            await import.Add(taken, [.. chunk]);
            taken += chunk.Length;
        }

        var result = await import.Finish(taken, replace);
        return result.Fault is { } fault ? throw ImportFile.Fault(fault.Line, fault.Reason) : result;
    }
}
