using System.Globalization;
using Hearth.AspNetCore.Categories;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Model.Ids;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Categories;

/// <summary>Answers about the tree, from this front end's replica.</summary>
internal static class CategoryReadEndpoints
{
    private const int DefaultLimit = 100;
    private const string Json = "application/json; charset=utf-8";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/categories", GetRoots).WithName("GetRootCategories")
            .WithSummary("The roots, in order of position and id.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/categories/{id}", GetCategory).WithName("GetCategory")
            .WithSummary("A category, with its path from the root and the number of products in its whole subtree. While they cannot be counted, the number is the last that this front end knows; 503 where it knows none.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/categories/{id}/children", GetChildren).WithName("GetChildCategories")
            .WithSummary("A page of the children in sibling order; limit 1 to 1000, default 100.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/categories/{id}/descendants", GetDescendants).WithName("GetDescendantCategories")
            .WithSummary("The ids of everything below a category, in pre-order; depth=1 gives its children alone. The ETag is the version.")
            .Produces<CategoryDescendants>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/categories/index", GetIndex).WithName("GetCategoryIndex")
            .WithSummary("The descendants of every category, streamed. A category whose id is 'index', which only other programs can make, is read by its other paths.")
            .Produces<CategoryIndex>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public static ProblemHttpResult Unknown(CategoryTree tree, string id) => Problem.NotFound(tree.Find(id) is null
        ? $"There is no category '{id}'."
        : $"The category '{id}' is not in the tree; POST /categories/reindex says why.");

    private static async Task<Ok<CategoryRoots>> GetRoots(CategoryReplica replica, long? minVersion, CancellationToken cancellationToken)
    {
        var tree = await replica.Read(minVersion, cancellationToken);
        return TypedResults.Ok(new CategoryRoots(tree.Version, tree.Children(-1).Select(place => CategorySummary.Of(tree, place))));
    }

    private static async Task<Results<Ok<CategoryDetail>, ProblemHttpResult>> GetCategory(
        CategoryReplica replica, ProductCounts products, PathId id, long? minVersion, CancellationToken cancellationToken)
    {
        var tree = await replica.Read(minVersion, cancellationToken);
        return tree.TryFind(id, out var place)
            ? TypedResults.Ok(CategoryDetail.Of(CategoryView.Of(tree, place), await products.Of(tree, place)))
            : Unknown(tree, id);
    }

    private static async Task<Results<Ok<CategoryChildren>, ProblemHttpResult>> GetChildren(
        CategoryReplica replica, PathId id, int? limit, string? after, long? minVersion, CancellationToken cancellationToken)
    {
        var size = Limit.Of(limit, DefaultLimit);
        var (position, child) = ChildAfter(after);
        var tree = await replica.Read(minVersion, cancellationToken);
        if (!tree.TryFind(id, out var parent))
        {
            return Unknown(tree, id);
        }

        var places = ChildrenAfter(tree, parent, position, child).Take(size + 1).ToArray();
        var page = places.Take(size).Select(place => CategorySummary.Of(tree, place)).ToArray();
        var next = places.Length <= size ? null
            : Paging.Cursor(tree[places[size - 1]].Position.ToString(CultureInfo.InvariantCulture), tree[places[size - 1]].Id);
        return TypedResults.Ok(new CategoryChildren(tree.Version, page, next));
    }

    private static async Task<IResult> GetDescendants(
        HttpContext context, CategoryReplica replica, PathId id, int? depth, long? minVersion, CancellationToken cancellationToken)
    {
        if (depth < 1)
        {
            throw new InvalidRequestException("depth", "From 1 up.");
        }

        var tree = await replica.Read(minVersion, cancellationToken);
        if (!tree.TryFind(id, out var place))
        {
            return Unknown(tree, id);
        }

        if (VersionTag.Matches(context, tree.Version))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.ContentType = Json;
        await (depth is { } levels
            ? new CategoryJson(context.Response.BodyWriter, context.RequestAborted).WriteDescendants(tree, place, levels)
            : CategoryJson.WriteDescendants(context.Response, tree, place));
        return TypedResults.Empty;
    }

    private static async Task<IResult> GetIndex(HttpContext context, CategoryReplica replica, long? minVersion, CancellationToken cancellationToken)
    {
        var tree = await replica.Read(minVersion, cancellationToken);
        if (VersionTag.Matches(context, tree.Version))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.ContentType = Json;
        await new CategoryJson(context.Response.BodyWriter, context.RequestAborted).WriteIndex(tree);
        return TypedResults.Empty;
    }

    private static (long Position, string Id) ChildAfter(string? after)
    {
        if (after is null)
        {
            return (long.MinValue, "");
        }

        var (position, id) = Paging.Parse(after);
        return int.TryParse(position, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? (number, id) : throw Paging.Unreadable();
    }

    /// <summary>A cursor whose child still stands where it stood is gone on from at once, so that paging through very many is not quadratic.</summary>
    private static IEnumerable<int> ChildrenAfter(CategoryTree tree, int parent, long position, string id) =>
        tree.TryFind(id, out var last) && tree[last].Parent == parent && tree[last].Position == position
            ? tree.Siblings(tree[last].End, parent)
            : tree.Children(parent).SkipWhile(place => !IsAfter(tree[place], position, id));

    private static bool IsAfter(CategoryNode node, long position, string id) =>
        node.Position > position || (node.Position == position && Utf8Order.Instance.Compare(node.Id, id) > 0);
}
