namespace Hearth.WebFrontend.Categories;

/// <summary>The body of <c>POST /categories</c>.</summary>
internal sealed record PostCategory(string? Name, string? Id = null, string? ParentId = null, int? Position = null);

/// <summary>The body of <c>PATCH /categories/{id}</c>, where an explicit null is not the same as nothing.</summary>
internal sealed class PatchCategory
{
    public string? Name
    {
        get;
        set => (field, HasName) = (value, true);
    }

    public string? ParentId
    {
        get;
        set => (field, HasParentId) = (value, true);
    }

    public int? Position { get; set; }

    internal bool HasName { get; private set; }

    internal bool HasParentId { get; private set; }
}

/// <summary>The body of <c>PUT /products/{id}</c>.</summary>
internal sealed record PutProduct(string? Name, string? CategoryId = null);
