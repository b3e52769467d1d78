using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Ids;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Categories;

/// <summary>Checks bodies of this room; the refusal names every field at fault.</summary>
internal static class CategoryFields
{
    public static void Check(string? id, string? name, string? parentId) => Refuse(
        ("id", id is null ? null : Id.Problem(id)),
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
