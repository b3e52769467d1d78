using Hearth.AspNetCore.Categories;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.WebFrontend.Categories;

/// <summary>Products, and those of a category's subtree.</summary>
internal static class ProductEndpoints
{
    private const int DefaultLimit = 50;

    public static void MapReads(RouteGroupBuilder group)
    {
        group.MapGet("/categories/{id}/products", GetOfCategory).WithName("GetCategoryProducts")
            .WithSummary("A page of the products of a category and of everything below it; sort is id (default) or name, limit 1 to 1000, default 50.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/products/{id}", Get).WithName("GetProduct").WithSummary("A product.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public static void MapWrites(RouteGroupBuilder group)
    {
        group.MapPut("/products/{id}", Put).WithName("PutProduct")
            .WithSummary("Creates or replaces a product; without categoryId it is in none. 409 where the category does not exist.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapDelete("/products/{id}", Delete).WithName("DeleteProduct").WithSummary("Deletes a product.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/products/import", Import).WithName("ImportProducts")
            .WithSummary("Creates and updates all rows or none; replace=true deletes what the file lacks; where that is more than 20 and more than half of what is there, confirm must say how many are there. The version is the tree's.")
            .Accepts<string>(MediaType.Tsv).WithMetadata(LongRunning.Instance)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<ProductPage>, ProblemHttpResult>> GetOfCategory(
        CategoryReplica replica, IGrainFactory grains, PathId id, int? limit, string? after, string? sort, long? minVersion, CancellationToken cancellationToken)
    {
        var order = sort switch
        {
            null or "id" => ProductSort.Id,
            "name" => ProductSort.Name,
            _ => throw new InvalidRequestException("sort", "id or name."),
        };
        var size = Limit.Of(limit, DefaultLimit);
        var cursor = Paging.ProductsAfter(after, order);
        var tree = await replica.Read(minVersion, cancellationToken);
        if (!tree.TryFind(id, out var place))
        {
            return CategoryReadEndpoints.Unknown(tree, id);
        }

        var products = await SubtreeProducts.Of(grains, tree, place, order).Page(cursor, size + 1);
        var next = products.Count <= size ? null
            : order == ProductSort.Id ? products[size - 1].Id
            : Paging.Cursor(products[size - 1].Name, products[size - 1].Id);
        return TypedResults.Ok(new ProductPage([.. products.Take(size)], next));
    }

    private static async Task<Results<Ok<Product>, ProblemHttpResult>> Get(IGrainFactory grains, PathId id) =>
        await SubtreeProducts.Catalogue(grains).Find(id) is { } product ? TypedResults.Ok(product) : Unknown(id);

    private static async Task<Results<Ok<Product>, Created<Product>, ProblemHttpResult>> Put(IGrainFactory grains, PathId id, PutProduct body)
    {
        CategoryFields.Check(body);
        var product = new Product(id, body.Name!, body.CategoryId);
        return await SubtreeProducts.Catalogue(grains).Put(product) switch
        {
            ProductPutResult.Created => TypedResults.Created($"/products/{Uri.EscapeDataString(id)}", product),
            ProductPutResult.Updated => TypedResults.Ok(product),
            _ => Problem.Conflict($"There is no category '{body.CategoryId}'."),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(IGrainFactory grains, PathId id) =>
        await SubtreeProducts.Catalogue(grains).Delete(id) ? TypedResults.NoContent() : Unknown(id);

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> Import(
        HttpContext context, IGrainFactory grains, HealthCheckService checks, bool? replace, int? confirm)
    {
        var mode = ImportUpload.Mode(replace, confirm);
        if (!MediaType.IsOf(context.Request, MediaType.Tsv))
        {
            return Problem.WrongType(MediaType.Tsv);
        }

        var result = await ImportUpload.Send(
            grains.GetGrain<IProductImportGrain>(Guid.NewGuid()), ImportFile.Products(ImportUpload.Lines(context)), mode, checks);
        if (result.Present is { } present)
        {
            return ImportUpload.Unconfirmed("products", result, present);
        }

        return TypedResults.Ok(new ImportAnswer(result.Created, result.Updated, result.Deleted, result.Version));
    }

    private static ProblemHttpResult Unknown(string id) => Problem.NotFound($"There is no product '{id}'.");
}
