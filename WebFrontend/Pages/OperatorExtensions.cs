using Hearth.WebFrontend.Categories;
using Hearth.WebFrontend.Pages.Assets;
using Hearth.WebFrontend.Pages.Live;
using Hearth.WebFrontend.Pages.Overview;
using Hearth.WebFrontend.Pages.SignIn;
using Hearth.WebFrontend.Presence;
using Hearth.WebFrontend.Views;

namespace Hearth.WebFrontend.Pages;

/// <summary>The operator's pages. Each room has its own page beside its endpoints; here is what they share.</summary>
internal static class OperatorExtensions
{
    public static WebApplicationBuilder AddOperator(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<OperatorAssets>();
        builder.AddOperatorSignIn();
        builder.AddOverview();
        builder.AddCategoryPages();
        builder.Services.AddSingleton<LiveFeed>();
        return builder;
    }

    public static void MapOperator(this IEndpointRouteBuilder app)
    {
        var pages = OperatorPage.Group(app);
        pages.MapOverview();
        pages.MapViewPages();
        pages.MapUserPages();
        pages.MapCategoryPages();
        pages.MapLive();
        app.MapSignIn();
        app.MapOperatorAssets();
    }
}
