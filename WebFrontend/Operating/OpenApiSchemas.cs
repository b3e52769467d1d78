using Hearth.AspNetCore.Views;
using Hearth.Model.Ids;
using Hearth.WebFrontend.Requests;
using Hearth.WebFrontend.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.WebFrontend.Operating;

/// <summary>Describes what is written otherwise than its type looks.</summary>
internal sealed class OpenApiSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        switch (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type)
        {
            case var type when type == typeof(PathId):
                (schema.Type, schema.Properties, schema.Required) = (JsonSchemaType.String, null, null);
                (schema.MinLength, schema.MaxLength) = (1, Id.MaxBytes);
                break;
            case var type when type == typeof(ViewTime):
                (schema.Type, schema.Properties, schema.Required) = (JsonSchemaType.String | JsonSchemaType.Null, null, null);
                schema.AnyOf = [new OpenApiSchema { Format = "date-time" }, new OpenApiSchema { Format = "date" }];
                break;
            case var type when type == typeof(SessionValue):
                // Any JSON.
                (schema.Type, schema.Properties, schema.Required) = (null, null, null);
                break;
            case var type when type == typeof(Dictionary<string, string?>):
                // The generator knows nothing of the nullability of type arguments.
                schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
                break;
        }

        return Task.CompletedTask;
    }
}
