using Hearth.AspNetCore;
using static Hearth.Shop.Html;

namespace Hearth.Shop;

/// <summary>What a visitor wants to buy, in the session: each article a key, so that two clicks at once both count.</summary>
internal static class Basket
{
    public static void MapBasket(this WebApplication app)
    {
        app.MapGet("/basket", (HttpContext context) => Show(context.Session));
        app.MapPost("/basket/{id}", (string id, HttpContext context) => Add(id, context.Session));

        // As a RequestDelegate, which takes a context alone, its result would be dropped.
        app.MapPost("/basket/order", (Delegate)Order);
    }

    private static IResult Show(ISession session) => Page(
        "Basket",
        [.. session.Keys.Order().Select(id => $"<li>{Text(Stock.Articles[id].Name)}: {session.GetInt32(id)}"), Button("/basket/order", "Order")]);

    private static IResult Add(string id, ISession session)
    {
        if (!Stock.Articles.ContainsKey(id))
        {
            return Results.NotFound();
        }

        session.SetInt32(id, (session.GetInt32(id) ?? 0) + 1);
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
