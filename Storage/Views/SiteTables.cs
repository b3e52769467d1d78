using Hearth.Model.Views;

namespace Hearth.Storage.Views;

/// <summary>The site as a whole has tables of its own, made like those of pages, so that what joins with these finds pages alone.</summary>
internal static class SiteTables
{
    /// <summary>A statement on the tables of pages, for those in which a page stands.</summary>
    public static string Sql(string page, string statement) => page == SiteViews.Id ? Sql(statement) : statement;

    /// <summary>A statement on the tables of pages, for those of the site.</summary>
    public static string Sql(string statement) => statement.Replace("page_view", "site_view", StringComparison.Ordinal);
}
