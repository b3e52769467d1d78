using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Tells the OpenAPI document what the endpoints alone do not: what this is, how to present a key, what an id is.</summary>
internal sealed class OpenApiInfo : IOpenApiDocumentTransformer, IOpenApiSchemaTransformer
{
    private const string SchemeName = "key";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Hearth";
        document.Info.Version = "v1";
        document.Info.Description = """
            Keeps a web site's hot state out of its database: presence, views, categories, sessions and caching.

            Ids are the caller's own strings of 1 to 256 bytes of UTF-8 without control characters, compared byte by byte;
            in a path they are percent-encoded, a slash as `%2F`. Times are ISO 8601 in UTC with milliseconds, days
            `yyyy-MM-dd`, durations seconds. Errors are problem details (RFC 9457).
            """;
        document.Servers = [];
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

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(PathId))
        {
            schema.Type = JsonSchemaType.String;
            schema.Properties = null;
            schema.Required = null;
            schema.MinLength = 1;
            schema.MaxLength = 256;
        }

        return Task.CompletedTask;
    }
}
