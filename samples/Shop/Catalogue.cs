using System.Globalization;
using Hearth.AspNetCore;
using Microsoft.AspNetCore.OutputCaching;
using static Hearth.Shop.Html;

namespace Hearth.Shop;

/// <summary>Categories, articles, and what is looked at most.</summary>
internal static class Catalogue
{
    public static void MapCatalogue(this WebApplication app)
    {
        app.MapGet("/", Home).CountViews(_ => "/");
        app.MapGet("/categories/{id}", Category).CountViews();
        app.MapGet("/articles/{id}", Show).CountViews();
        app.MapPost("/rates/forget", (ExchangeRates rates) => rates.Forget());
        app.MapGet("/terms", [OutputCache(Duration = 3600, Tags = ["terms"])] () => Page("Terms", "Be kind."));
    }

    private static async Task<IResult> Home(ICategoryTree categories, IPresence presence, IViews views)
    {
        var online = await presence.GetOnlineAsync(limit: 10);
        var top = await views.GetTopAsync(limit: 3);
        return Page("Shop", [
            .. (await categories.GetChildrenAsync()).Select(root => Link($"/categories/{root.Id}", root.Name)),
            $"<p>{online.Count} online: {Text(string.Join(", ", online.Users.Select(user => user.User)))}",
            $"<p>Most viewed today: {Text(string.Join(", ", top.Pages.Select(page => page.Page)))}"]);
    }

    private static async Task<IResult> Category(string id, ICategoryTree categories) =>
        await categories.FindAsync(id) is not { } category ? Results.NotFound() : Page(category.Name, [
            .. category.Path.Select(step => $"{Text(step.Name)} / "),
            .. (await categories.GetChildrenAsync(id)).Select(child => Link($"/categories/{child.Id}", child.Name)),
            .. (await categories.GetProductsAsync(id)).Select(product => Link($"/articles/{product.Id}", product.Name))]);

    private static async Task<IResult> Show(string id, HttpContext context, IViews views, ExchangeRates rates)
    {
        if (!Stock.Articles.TryGetValue(id, out var article))
        {
            return Results.NotFound();
        }

        var seen = await views.GetAsync(context.Request.Path.Value!);
        var dollars = article.Euros * await rates.Dollars();
        var text = string.Create(CultureInfo.InvariantCulture, $"<p>€ {article.Euros}, about $ {dollars:F2}. Viewed {seen.Views} times by {seen.Visitors} visitors.");
        return Page(article.Name, text, Button($"/basket/{article.Id}", "Into the basket"));
    }
}
