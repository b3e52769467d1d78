using System.Net.Mime;
using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Recognises JSON by its media type as RFC 9110, section 8.3 writes it: a charset may be quoted, and any but UTF-8 is refused.
/// ASP.NET takes a charset as it stands, and fails for one that it does not know.
/// </summary>
internal sealed class JsonMediaType(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType is not { Length: > 0 } text || !TakesJson(context)
            || !MediaTypeHeaderValue.TryParse(text, out var type) || !type.Charset.HasValue)
        {
            return next(context);
        }

        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"The charset {type.Charset} is not taken; JSON is UTF-8 (RFC 8259).").ExecuteAsync(context);
        }

        request.ContentType = type.MediaType.Value;
        return next(context);
    }

    private static bool TakesJson(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains(MediaTypeNames.Application.Json) == true;
}
