using Hearth.AspNetCore;
using static Hearth.Shop.Html;

namespace Hearth.Shop;

/// <summary>What a visitor wants to buy, in the session: each article a key, so that two clicks at once both count.</summary>
internal static class Basket
{
    public static void MapBasket(this WebApplication app)
    {
        app.MapGet("/basket", Show);
        app.MapPost("/basket/{id}", Add);

        // As a RequestDelegate, which takes a context alone, its result would be dropped.
        app.MapPost("/basket/order", (Delegate)Order);
    }

    private static IResult Show(HttpContext context)
    {
        var session = context.Session;
        var articles = session.Keys.Select(id => Stock.Articles[id]).OrderBy(article => article.Id).ToArray();
        return Page("Basket", [.. articles.Select(article => $"<li>{Text(article.Name)}: {session.GetInt32(article.Id)}"), Button("/basket/order", "Order")]);
    }

    private static IResult Add(string id, HttpContext context)
    {
        if (!Stock.Articles.ContainsKey(id))
        {
            return Results.NotFound();
        }

        context.Session.SetInt32(id, (context.Session.GetInt32(id) ?? 0) + 1);
        return Results.LocalRedirect("/basket");
    }

    /// <summary>The session ends with the order, whatever another tab is still doing.</summary>
    private static async Task<IResult> Order(HttpContext context)
    {
        var count = context.Session.Keys.Count();
        await context.EndSessionAsync();
        return Page("Thank you", $"<p>{count} articles are on their way.");
    }
}
