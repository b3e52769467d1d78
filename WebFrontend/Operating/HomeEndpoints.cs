using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Operating;

/// <summary>The page at <c>/</c>, for a person who opens the address in a browser: where everything is.</summary>
internal static class HomeEndpoints
{
    private static readonly string Page = Read("index.html");

    public static void MapHome(this WebApplication app) =>
        app.MapGet("/", Home).ExcludeFromDescription().AllowAnonymous();

    private static ContentHttpResult Home(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return TypedResults.Content(Page, "text/html; charset=utf-8");
    }

    private static string Read(string name)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}
