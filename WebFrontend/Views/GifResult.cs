using System.Reflection;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hearth.WebFrontend.Views;

/// <summary>A transparent image of one pixel that nobody keeps, so that each time a page is shown it is asked for again.</summary>
internal sealed class GifResult : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "image/gif";

    private static readonly string[] Parameters = ["location", "visitor", "id", "referrer", "key"];

    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>Refuses what the call does not know, as bodies are: nothing that a caller says is dropped in silence.</summary>
    public static void CheckQuery(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (!Parameters.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidRequestException(name, "This call knows no such parameter.");
            }

            if (values.Count > 1)
            {
                throw new InvalidRequestException(name, "Is given twice.");
            }
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = Pixel.Length;
        response.Headers.CacheControl = "no-store";

        // Pages that embed only what agrees to it (Cross-Origin-Embedder-Policy) show it too.
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        await response.Body.WriteAsync(Pixel, httpContext.RequestAborted);
    }
}
