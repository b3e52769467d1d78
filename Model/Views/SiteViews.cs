namespace Hearth.Model.Views;

/// <summary>All pages together are counted like a page, whose id no caller can name.</summary>
public static class SiteViews
{
    /// <summary>The id of the site as a whole.</summary>
    public const string Id = "";
}
