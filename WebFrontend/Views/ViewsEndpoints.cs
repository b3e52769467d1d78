using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Views;

/// <summary>Reading the counts of views, and forgetting a page's.</summary>
internal static class ViewsEndpoints
{
    private const int DefaultTop = 10;
    private const int DefaultPages = 100;

    private const string OfTraffic = " Counts people's views; traffic=bot counts those of bots, which have no visitors, and traffic=all both.";

    private const string OfSeries =
        "a series over at most 400 days (62 by hour). Without to the range ends today; without from it has 30 days.";

    public static void MapViews(this IEndpointRouteBuilder app)
    {
        var get = app.MapGroup("").WithTags("Views").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>().ProducesProblem(400).ProducesProblem(503);
        get.MapGet("/pages/{page}/views", GetPage).WithName("GetPageViews").WithSummary(
            "A page's counts over all time and today; with from, to or by (day, hour, location, referrer or campaign) " + OfSeries + OfTraffic);
        get.MapGet("/pages", GetList).WithName("GetPages").WithSummary("The pages that have views and whose id begins with a text, by id." + OfTraffic);
        get.MapGet("/views", GetViews).WithName("GetViews").WithSummary(
            "Totals of 1 to 500 pages, in the order asked; without pages those of the whole site, by day, hour, location, referrer or campaign: " + OfSeries + OfTraffic);
        get.MapGet("/views/top", GetTop).WithName("GetTopViews").WithSummary(
            "The most viewed pages as of the last flush, ties by page id. The range is today; with from alone it ends today, "
            + "with to alone it is that day. An empty location means views without one." + OfTraffic);
        get.MapDelete("/pages/{page}/views", Forget).WithName("DeletePageViews").RequireAuthorization(Scope.Admin).Produces(204).WithSummary(
            "Forgets what was counted of a page, everywhere; it starts at zero. The counts of the whole site stay.");
    }

    private static async Task<Results<Ok<PageViews>, Ok<PageSeries>>> GetPage(
        PathId page, string? from, string? to, string? by, string? traffic, IGrainFactory grains, ViewCalendar calendar)
    {
        var grain = grains.GetGrainOf<IPageGrain>(page);
        if (from is null && to is null && by is null)
        {
            var totals = await grain.GetTotals(ViewQuery.Traffic(traffic));
            return TypedResults.Ok(new PageViews(page, totals.Views, totals.Visitors, totals.Today));
        }

        var query = SeriesQuery.Of(ViewQuery.SeriesRange(from, to, calendar.Today), by, traffic);
        var (views, visitors, series) = await query.Read(grain, calendar);
        return TypedResults.Ok(new PageSeries(page, query.Range.First, query.Range.Last, views, visitors, series));
    }

    private static async Task<Results<Ok<PageCount[]>, Ok<SiteSeries>>> GetViews(
        string[]? pages, string? from, string? to, string? by, string? traffic, IGrainFactory grains, ViewCalendar calendar)
    {
        if (pages is { Length: > 0 })
        {
            return from is null && to is null && by is null
                ? TypedResults.Ok(await Count(Ids.CheckQuery("pages", pages), ViewQuery.Traffic(traffic), grains))
                : throw new InvalidRequestException("pages", "Totals of pages have no range; a series is of one page, or of the whole site.");
        }

        var query = SeriesQuery.Of(ViewQuery.SeriesRange(from, to, calendar.Today), by, traffic);
        var (views, visitors, series) = await query.Read(grains.GetGrainOf<IPageGrain>(SiteViews.Id), calendar);
        return TypedResults.Ok(new SiteSeries(query.Range.First, query.Range.Last, views, visitors, series));
    }

    private static async Task<Ok<PageList>> GetList(string? prefix, int? limit, string? after, string? traffic, IGrainFactory grains)
    {
        var (wanted, kind) = (Limit.Of(limit, DefaultPages), ViewQuery.Traffic(traffic));
        var begin = string.IsNullOrEmpty(prefix) ? "" : Ids.Check("prefix", prefix);
        var last = string.IsNullOrEmpty(after) ? "" : Ids.Check("after", after);
        var found = new List<PageCount>();
        var query = grains.GetGrain<IViewQueryGrain>(0);
        for (var hasMore = true; hasMore && found.Count <= wanted;)
        {
            var ids = await query.FindPages(begin, last, wanted + 1);
            found.AddRange((await Count([.. ids], kind, grains)).Where(page => page.Views > 0));
            hasMore = ids.Length > wanted;
            last = hasMore ? ids[^1] : last;
        }

        var page = found.Take(wanted).ToArray();
        return TypedResults.Ok(new PageList(page, found.Count > wanted ? page[^1].Page : null));
    }

    private static async Task<Ok<TopViews>> GetTop(
        string? from, string? to, string? location, int? limit, string? traffic, IGrainFactory grains, ViewCalendar calendar)
    {
        var top = await grains.GetGrain<IViewQueryGrain>(0).GetTop(
            ViewQuery.TopRange(from, to, calendar.Today), ViewQuery.Location(location), ViewQuery.Traffic(traffic), Limit.Of(limit, DefaultTop));
        return TypedResults.Ok(new TopViews(top.AsOf, top.Pages));
    }

    private static async Task<NoContent> Forget(PathId page, IGrainFactory grains)
    {
        await grains.GetGrainOf<IPageGrain>(page).Forget();
        return TypedResults.NoContent();
    }

    private static Task<PageCount[]> Count(string[] pages, Traffic? traffic, IGrainFactory grains) => Task.WhenAll(pages.Select(async page =>
    {
        var totals = await grains.GetGrainOf<IPageGrain>(page).GetTotals(traffic);
        return new PageCount(page, totals.Views, totals.Visitors);
    }));
}
