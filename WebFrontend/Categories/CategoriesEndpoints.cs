using Hearth.AspNetCore.Categories;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;

namespace Hearth.WebFrontend.Categories;

/// <summary>The room's table of contents.</summary>
internal static class CategoriesEndpoints
{
    public static WebApplicationBuilder AddCategoryEndpoints(this WebApplicationBuilder builder)
    {
        builder.AddCategoryReplica();
        builder.Services.AddSingleton<ProductCounts>();
        return builder;
    }

    public static void MapCategories(this IEndpointRouteBuilder app)
    {
        var reads = app.MapGroup("").WithTags("Categories").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>();
        var edits = app.MapGroup("").WithTags("Categories").RequireAuthorization(Scope.Admin).AddEndpointFilter<RouteGroupBuilder, SiloRetry>();
        CategoryReadEndpoints.Map(reads);
        CategoryEditEndpoints.Map(edits);
        ProductEndpoints.MapReads(reads);
        ProductEndpoints.MapWrites(edits);
    }
}
