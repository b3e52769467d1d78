using Hearth.AspNetCore.Categories;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.WebFrontend.Pages;
using Hearth.WebFrontend.Pages.Live;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Categories;

/// <summary>The operator's page about categories. It edits through the API, as any administrator's program does.</summary>
internal static class CategoryPages
{
    public const string VersionPart = "categories";

    /// <summary>Children that a node shows at once; further ones are asked for.</summary>
    private const int Shown = 200;

    private const int MaxParents = 500;

    /// <summary>Looks at this front end's own copy, so it costs the grains nothing.</summary>
    public static void AddCategoryPages(this WebApplicationBuilder builder) => builder.Services.AddSingleton(services =>
    {
        var replica = services.GetRequiredService<CategoryReplica>();
        return new LivePart(VersionPart, TimeSpan.FromMilliseconds(250), async cancellationToken =>
        {
            var tree = await replica.Read(minVersion: null, cancellationToken);
            return new CategoryState(tree.Version, tree.Count, tree.Faults.Length);
        });
    });

    public static void MapCategoryPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/operator/categories", Get);
        pages.MapGet("/operator/categories/nodes", GetNodes);
        pages.MapPost("/operator/categories/place", Place);
        pages.MapGet("/operator/categories/problems", GetProblems);
        pages.MapGet("/operator/categories/search", Search);
    }

    private static async Task<RazorComponentResult<CategoriesPage>> Get(HttpContext context, CategoryReplica replica, CancellationToken cancellationToken)
    {
        var tree = await replica.Read(minVersion: null, cancellationToken);
        return OperatorPage.Show<CategoriesPage>(context, new Dictionary<string, object?>
        {
            ["State"] = new CategoryState(tree.Version, tree.Count, tree.Faults.Length),
            ["Roots"] = Children(tree, "", Shown),
        });
    }

    /// <summary>The first children of several nodes at once, of one version; an empty parent is the top.</summary>
    private static async Task<Ok<CategoryNodes>> GetNodes(
        string[]? parents, int? limit, long? minVersion, CategoryReplica replica, CancellationToken cancellationToken)
    {
        if (parents is null or [] || parents.Length > MaxParents)
        {
            throw new InvalidRequestException("parents", $"Repeat parents= once for each node, 1 to {MaxParents} times.");
        }

        var size = Math.Clamp(limit ?? Shown, 1, 100_000);
        var tree = await replica.Read(minVersion, cancellationToken);
        return TypedResults.Ok(new CategoryNodes(tree.Version, [.. parents.Select(parent => Children(tree, parent, size)).OfType<CategoryNodeChildren>()]));
    }

    /// <summary>What dragging comes to: a place between siblings, which the API tells only by numbers.</summary>
    private static async Task<Results<Ok<long>, ProblemHttpResult>> Place(
        PlaceCategory body, CategoryReplica replica, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var id = Ids.Check("id", body.Id);
        var edit = await grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key).Place(
            id, body.ParentId is null ? null : Ids.Check("parentId", body.ParentId), body.Before is null ? null : Ids.Check("before", body.Before));
        if (edit.Category is null)
        {
            return edit.Status == CategoryEditStatus.Unknown ? Problem.NotFound(edit.Reason!) : Problem.Conflict(edit.Reason!);
        }

        await replica.Await(edit.Version, cancellationToken);
        return TypedResults.Ok(edit.Version);
    }

    private static async Task<Ok<CategoryProblem[]>> GetProblems(CategoryReplica replica, CancellationToken cancellationToken)
    {
        var tree = await replica.Read(minVersion: null, cancellationToken);
        return TypedResults.Ok(tree.Faults.Take(Shown).Select(fault => new CategoryProblem(fault.Row.Id, fault.Problem)).ToArray());
    }

    /// <summary>Categories whose name holds the words, or whose id is what was asked for, with their paths to be opened.</summary>
    private static async Task<Ok<CategoryHit[]>> Search(string? q, CategoryReplica replica, CancellationToken cancellationToken)
    {
        var text = (q ?? "").Trim();
        if (text.Length == 0)
        {
            throw new InvalidRequestException("q", "Say what to look for.");
        }

        var tree = await replica.Read(minVersion: null, cancellationToken);
        return TypedResults.Ok(Enumerable.Range(0, tree.Count)
            .Where(place => tree[place].Id == text || tree[place].Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Take(20)
            .Select(place => new CategoryHit(tree[place].Id, tree[place].Name, [.. tree.Path(place).Select(step => new CategoryPathStep(tree[step].Id, tree[step].Name))]))
            .ToArray());
    }

    private static CategoryNodeChildren? Children(CategoryTree tree, string parent, int limit)
    {
        var place = -1;
        if (parent.Length > 0 && !tree.TryFind(parent, out place))
        {
            return null;
        }

        var children = tree.Children(place).Take(limit + 1).Select(child => CategorySummary.Of(tree, child)).ToArray();
        return new CategoryNodeChildren(parent, [.. children.Take(limit)], children.Length > limit);
    }
}
