using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Tells the OpenAPI document what the endpoints alone do not: what this is, how to present a key, what an id is.</summary>
internal sealed class OpenApiInfo : IOpenApiDocumentTransformer
{
    private const string SchemeName = "key";

    private static readonly Dictionary<string, string> Rooms = new()
    {
        ["Views"] = "How often each page was viewed.",
        ["Presence"] = "Who is online.",
        ["Categories"] = "The category tree, and the products in it.",
        ["Sessions"] = "Users' sessions.",
        ["Caching"] = "Cached answers of slow queries and other sites.",
        ["Operating"] = "What Hearth is doing.",
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Hearth";
        document.Info.Version = "v1";
        document.Info.Description = """
            Keeps a web site's hot state out of its database: presence, views, categories, sessions and caching.

            Ids are the caller's own strings of 1 to 256 bytes of UTF-8 without control characters, compared byte by byte;
            in a path they are percent-encoded, a slash as `%2F`. Times are ISO 8601 in UTC with milliseconds, days
            `yyyy-MM-dd`, durations seconds. Errors are problem details (RFC 9457). A body's member that the call does not know,
            or that is given twice, is a 400 that names it. Without a key configured only requests whose Host is localhost,
            127.0.0.1 or [::1] are answered, others with 421.
            """;
        document.Info.License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The front end that serves this document." }];
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            tag.Description = Rooms.GetValueOrDefault(tag.Name ?? "");
        }

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key of the scope public, app or admin. Needed unless no key is configured.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];
        return Task.CompletedTask;
    }
}
