using Hearth.WebFrontend.Pages.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Pages.Overview;

/// <summary>The page at <c>/</c>: what Hearth is doing, moving by itself.</summary>
internal static class OverviewExtensions
{
    public static void AddOverview(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<PagesOptions>().BindConfiguration("Pages").ValidateDataAnnotations();
        builder.Services.AddSingleton<HealthFigureReader>();
        builder.Services.AddSingleton<OverviewFigures>();
        AddPart("online", TimeSpan.FromSeconds(1), async (figures, cancellationToken) => await figures.Online(cancellationToken));
        AddPart("views", TimeSpan.FromSeconds(1), async (figures, cancellationToken) => await figures.Views(cancellationToken));
        AddPart("today", TimeSpan.FromSeconds(5), async (figures, cancellationToken) => await figures.Today(cancellationToken));
        AddPart("memory", TimeSpan.FromSeconds(2), async (figures, cancellationToken) => await figures.Memory(cancellationToken));
        AddPart("health", TimeSpan.FromSeconds(2), async (figures, cancellationToken) => await figures.Health(cancellationToken));

        void AddPart(string name, TimeSpan period, Func<OverviewFigures, CancellationToken, Task<object>> gather) =>
            builder.Services.AddSingleton(services =>
            {
                var figures = services.GetRequiredService<OverviewFigures>();
                return new LivePart(name, period, cancellationToken => gather(figures, cancellationToken));
            });
    }

    public static void MapOverview(this RouteGroupBuilder pages) => pages.MapGet("/", Get);

    private static async Task<RazorComponentResult<OverviewPage>> Get(HttpContext context, LiveFeed feed, CancellationToken cancellationToken)
    {
        var online = feed.Read<OnlineFigures>("online", cancellationToken);
        var views = feed.Read<ViewFigures>("views", cancellationToken);
        var today = feed.Read<TodayFigures>("today", cancellationToken);
        var memory = feed.Read<MemoryFigures>("memory", cancellationToken);
        var health = feed.Read<HealthFigures>("health", cancellationToken);
        return OperatorPage.Show<OverviewPage>(context, new Dictionary<string, object?>
        {
            ["Online"] = await online,
            ["Views"] = await views,
            ["Today"] = await today,
            ["Memory"] = await memory,
            ["Health"] = await health,
        });
    }
}
