using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Adds to each operation the errors that come from what surrounds it: the host, keys, and the media type of its body.</summary>
internal sealed class OpenApiProblems : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var needsKey = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();
        int[] statuses =
        [
            .. operation.Parameters is { Count: > 0 } ? [StatusCodes.Status400BadRequest] : Array.Empty<int>(),
            .. needsKey ? [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden] : Array.Empty<int>(),
            StatusCodes.Status421MisdirectedRequest,
            .. operation.RequestBody is { Content.Count: > 0 } ? [StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType] : Array.Empty<int>(),
        ];
        foreach (var status in statuses)
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), ProblemOf(status, context.Document));
        }

        return Task.CompletedTask;
    }

    private static OpenApiResponse ProblemOf(int status, OpenApiDocument? document) => new()
    {
        Description = ReasonPhrases.GetReasonPhrase(status),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(Microsoft.AspNetCore.Mvc.ProblemDetails), document) },
        },
    };
}
