using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Describes the HEAD that goes with a GET, from the GET's own description.</summary>
internal sealed class OpenApiHeads : IOpenApiDocumentTransformer
{
    public const string Summary = "Answers as GET does, without the body.";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var heads = context.DescriptionGroups.SelectMany(group => group.Items)
            .Where(description => description.HttpMethod == HttpMethods.Head).Select(description => $"/{description.RelativePath}".TrimEnd('/')).ToHashSet();
        foreach (var (path, item) in document.Paths.Where(path => heads.Contains(path.Key)))
        {
            if (item.Operations is { } operations && operations.TryGetValue(HttpMethod.Get, out var get))
            {
                operations.TryAdd(HttpMethod.Head, Of(get));
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiOperation Of(OpenApiOperation get)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in get.Responses ?? [])
        {
            responses.Add(status, new OpenApiResponse { Description = response.Description });
        }

        return new OpenApiOperation
        {
            OperationId = get.OperationId + "Head",
            Summary = Summary,
            Tags = get.Tags,
            Parameters = get.Parameters,
            Responses = responses,
            Security = get.Security,
        };
    }
}
