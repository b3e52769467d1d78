using Hearth.Model.Categories;
using Hearth.Model.Ids;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Categories;

/// <summary>Checks bodies of this room; the refusal names every field at fault.</summary>
internal static class CategoryFields
{
    /// <summary>What GET /categories/index answers is the whole index, so a category of that id could not be read.</summary>
    private const string ReservedId = "index";

    /// <summary>Says what is wrong with the id of a category to be made, or null where nothing is.</summary>
    public static string? IdProblem(string id) => id == ReservedId ? $"must not be '{ReservedId}', which names the whole index" : Id.Problem(id);

    public static void Check(string? id, string? name, string? parentId) => Refuse(
        ("id", id is null ? null : IdProblem(id)),
        ("name", CategoryName.Problem(name)),
        ("parentId", parentId is null ? null : Id.Problem(parentId)));

    public static void Check(PatchCategory body) => Refuse(
        ("name", body.HasName ? CategoryName.Problem(body.Name) : null),
        ("parentId", body.ParentId is null ? null : Id.Problem(body.ParentId)));

    public static void Check(PutProduct body) => Refuse(
        ("name", CategoryName.Problem(body.Name)),
        ("categoryId", body.CategoryId is null ? null : Id.Problem(body.CategoryId)));

    private static void Refuse(params (string Field, string? Problem)[] fields)
    {
        var errors = fields.Where(field => field.Problem is not null)
            .ToDictionary(field => field.Field, field => new[] { $"It {field.Problem}." });
        if (errors.Count > 0)
        {
            throw new InvalidRequestException(errors);
        }
    }
}
