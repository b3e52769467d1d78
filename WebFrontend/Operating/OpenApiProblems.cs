using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Adds to each operation the errors that come from what surrounds it: keys, and the media type of its body.</summary>
internal sealed class OpenApiProblems : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var needsKey = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();
        int[] statuses =
        [
            .. operation.Parameters is { Count: > 0 } ? [StatusCodes.Status400BadRequest] : Array.Empty<int>(),
            .. needsKey ? [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden] : Array.Empty<int>(),
            .. operation.RequestBody is { Content.Count: > 0 } ? [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType] : Array.Empty<int>(),
        ];
        foreach (var status in statuses)
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), await ProblemOf(status, context, cancellationToken));
        }
    }

    private static async Task<OpenApiResponse> ProblemOf(int status, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) => new()
    {
        Description = ReasonPhrases.GetReasonPhrase(status),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), cancellationToken: cancellationToken) },
        },
    };
}
