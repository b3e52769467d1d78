using Hearth.AspNetCore.Categories;
using Hearth.GrainInterfaces.Categories;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.WebFrontend.Categories;

/// <summary>Edits of the tree. Each is answered with its version in the ETag too, once this front end's own reads show it.</summary>
internal static class CategoryEditEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/categories", Post).WithName("CreateCategory")
            .WithSummary("Makes a category, after its last sibling unless a position is given; without id one is made. 409 where the id is taken or the parent is not in the tree; the id 'index' is refused.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPatch("/categories/{id}", Patch).WithName("UpdateCategory")
            .WithSummary("Changes what is given of name, parentId (null makes a root) and position. 409 where the category would be below itself or the parent is not in the tree.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapDelete("/categories/{id}", Delete).WithName("DeleteCategory")
            .WithSummary("Removes a category and, by children=cascade (default), adopt or restrict, what is below it, moves the children to its parent, or refuses with 409 while there are any.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/categories/import", Import).WithName("ImportCategories")
            .WithSummary("Creates and updates all rows or none. New categories follow their siblings in the order of the file; replace=true deletes what the file lacks and takes every position from it; where that is more than 20 and more than half of what is there, confirm must say how many are there. text/tab-separated-values has the header id, parent_id, name, and a cell that begins with a quotation mark is quoted as in RFC 4180; text/plain is Google's taxonomy-with-ids (id - A > B > C, and comment lines that start with #).")
            .Accepts<string>(MediaType.Tsv, MediaType.PlainText).WithMetadata(LongRunning.Instance)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/categories/reindex", Reindex).WithName("ReindexCategories")
            .WithSummary("Reads the tree anew. categories counts those that a root reaches; problems names the rows that none does.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Created<CategoryDetail>, ProblemHttpResult>> Post(HttpContext context, CategoryReplica replica, IGrainFactory grains, PostCategory body)
    {
        CategoryFields.Check(body.Id, body.Name, body.ParentId);
        var products = body.Id is null ? 0 : await CountProducts(replica, grains, body.Id, context.RequestAborted);
        var edit = await Tree(grains).Create(new NewCategory(body.Id, body.Name!, body.ParentId, body.Position));
        if (edit.Category is not { } category)
        {
            return Refusal(edit);
        }

        await Show(context, replica, edit.Version);
        return TypedResults.Created($"/categories/{Uri.EscapeDataString(category.Id)}", CategoryDetail.Of(category, products));
    }

    private static async Task<Results<Ok<CategoryDetail>, ProblemHttpResult>> Patch(
        HttpContext context, CategoryReplica replica, IGrainFactory grains, PathId id, PatchCategory body)
    {
        CategoryFields.Check(body);
        var move = body.HasParentId ? new CategoryMove(body.ParentId) : null;
        var products = await CountProducts(replica, grains, id, context.RequestAborted);
        var edit = await Tree(grains).Update(id, new CategoryPatch(body.Name, move, body.Position));
        if (edit.Category is not { } category)
        {
            return Refusal(edit);
        }

        await Show(context, replica, edit.Version);
        return TypedResults.Ok(CategoryDetail.Of(category, products));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        HttpContext context, CategoryReplica replica, IGrainFactory grains, PathId id, string? children)
    {
        var policy = children switch
        {
            null or "cascade" => ChildrenPolicy.Cascade,
            "adopt" => ChildrenPolicy.Adopt,
            "restrict" => ChildrenPolicy.Restrict,
            _ => throw new InvalidRequestException("children", "cascade, adopt or restrict."),
        };
        var edit = await Tree(grains).Delete(id, policy);
        if (edit.Status != CategoryEditStatus.Done)
        {
            return Refusal(edit);
        }

        await Show(context, replica, edit.Version);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> Import(
        HttpContext context, CategoryReplica replica, IGrainFactory grains, HealthCheckService checks, bool? replace, int? confirm)
    {
        var mode = ImportUpload.Mode(replace, confirm);
        var isTsv = MediaType.IsOf(context.Request, MediaType.Tsv);
        if (!isTsv && !MediaType.IsOf(context.Request, MediaType.PlainText))
        {
            return Problem.WrongType($"{MediaType.Tsv} or {MediaType.PlainText}");
        }

        var lines = ImportUpload.Lines(context);
        var result = await ImportUpload.Send(
            grains.GetGrain<ICategoryImportGrain>(Guid.NewGuid()), isTsv ? ImportFile.Categories(lines) : ImportFile.GoogleTaxonomy(lines), mode, checks);
        if (result.Present is { } present)
        {
            return ImportUpload.Unconfirmed("categories", result, present);
        }

        await Show(context, replica, result.Version);
        return TypedResults.Ok(new ImportAnswer(result.Created, result.Updated, result.Deleted, result.Version));
    }

    private static async Task<Ok<ReindexAnswer>> Reindex(HttpContext context, CategoryReplica replica, IGrainFactory grains)
    {
        var result = await Tree(grains).Reindex();
        await Show(context, replica, result.Version);
        return TypedResults.Ok(new ReindexAnswer(
            result.Version, result.Categories, result.Faults.Select(fault => new CategoryProblem(fault.Row.Id, fault.Problem))));
    }

    private static ICategoryTreeGrain Tree(IGrainFactory grains) => grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key);

    /// <summary>Counts before the edit, which does not change the number: an answer that fails must have changed nothing.</summary>
    private static async Task<long> CountProducts(CategoryReplica replica, IGrainFactory grains, string id, CancellationToken cancellationToken)
    {
        var tree = await replica.Read(null, cancellationToken);
        return tree.TryFind(id, out var place)
            ? await SubtreeProducts.Of(grains, tree, place).Count()
            : await SubtreeProducts.Catalogue(grains).Count([id]);
    }

    private static Task Show(HttpContext context, CategoryReplica replica, long version)
    {
        VersionTag.Set(context, version);
        return replica.Await(version, context.RequestAborted);
    }

    private static ProblemHttpResult Refusal(CategoryEditResult edit) => edit.Status == CategoryEditStatus.Unknown
        ? Problem.NotFound(edit.Reason!)
        : Problem.Conflict(edit.Reason ?? "The category is not in the tree.");
}
