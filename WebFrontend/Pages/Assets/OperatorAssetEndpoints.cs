using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Pages.Assets;

internal static class OperatorAssetEndpoints
{
    public static void MapOperatorAssets(this IEndpointRouteBuilder app) =>
        app.MapGet("/operator/assets/{version}/{file}", Get).ExcludeFromDescription().AllowAnonymous();

    private static Results<FileContentHttpResult, NotFound> Get(string version, string file, HttpContext context, OperatorAssets assets)
    {
        if (assets.Find(version, file) is not { } asset)
        {
            return TypedResults.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return TypedResults.Bytes(asset.Bytes, asset.MediaType);
        }

        headers.ContentEncoding = "br";
        return TypedResults.Bytes(asset.Brotli, asset.MediaType);
    }
}
