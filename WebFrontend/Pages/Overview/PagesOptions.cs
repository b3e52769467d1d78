using System.ComponentModel.DataAnnotations;

namespace Hearth.WebFrontend.Pages.Overview;

/// <summary>Which page ids are those of products and categories, so that the Overview can rank them. Section <c>Pages</c>.</summary>
internal sealed class PagesOptions
{
    /// <summary>What comes before a product's id in the id of its page.</summary>
    [Required(ErrorMessage = "Pages:ProductPrefix must be what comes before a product's id in its page's id, such as /products/.")]
    public string ProductPrefix { get; set; } = "/products/";

    /// <summary>What comes before a category's id in the id of its page.</summary>
    [Required(ErrorMessage = "Pages:CategoryPrefix must be what comes before a category's id in its page's id, such as /categories/.")]
    public string CategoryPrefix { get; set; } = "/categories/";
}
