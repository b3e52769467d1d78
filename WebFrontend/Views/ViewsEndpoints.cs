using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Views;

/// <summary>Reading the counts of views.</summary>
internal static class ViewsEndpoints
{
    private const int DefaultTop = 10;

    public static void MapViews(this IEndpointRouteBuilder app)
    {
        var get = app.MapGroup("").WithTags("Views").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>().ProducesProblem(400).ProducesProblem(503);
        get.MapGet("/pages/{page}/views", GetPage).WithName("GetPageViews").WithSummary(
            "A page's counts over all time and today; with from, to or by (day or location) a series over at most 400 days. "
            + "Without to the range ends today; without from it has 30 days.");
        get.MapGet("/views", GetPages).WithName("GetViews").WithSummary("Totals of 1 to 500 pages, in the order asked.");
        get.MapGet("/views/top", GetTop).WithName("GetTopViews").WithSummary(
            "The most viewed pages as of the last flush, ties by page id. The range is today; with from alone it ends today, "
            + "with to alone it is that day. An empty location means views without one.");
    }

    private static async Task<Results<Ok<PageViews>, Ok<PageSeries<DayCount>>, Ok<PageSeries<LocationCount>>>> GetPage(
        PathId page, string? from, string? to, string? by, IGrainFactory grains, ViewCalendar calendar)
    {
        var grain = grains.GetGrainOf<IPageGrain>(page);
        if (from is null && to is null && by is null)
        {
            var totals = await grain.GetTotals();
            return TypedResults.Ok(new PageViews(page, totals.Views, totals.Visitors, totals.Today));
        }

        var range = ViewQuery.SeriesRange(from, to, calendar.Today);
        if (ViewQuery.IsByLocation(by))
        {
            var found = await grain.GetLocations(range);
            return TypedResults.Ok(new PageSeries<LocationCount>(page, range.First, range.Last, found.Views, found.Visitors, found.Locations));
        }

        var days = (await grain.GetDays(range)).ToDictionary(day => day.Day);
        var series = Enumerable.Range(range.First.DayNumber, range.Length).Select(DateOnly.FromDayNumber)
            .Select(day => days.GetValueOrDefault(day, new DayCount(day, 0, 0))).ToArray();
        return TypedResults.Ok(new PageSeries<DayCount>(
            page, range.First, range.Last, series.Sum(day => day.Views), series.Sum(day => day.Visitors), series));
    }

    private static async Task<Ok<PageCount[]>> GetPages(string[]? pages, IGrainFactory grains) =>
        TypedResults.Ok(await Task.WhenAll(Ids.CheckQuery("pages", pages).Select(async page =>
        {
            var totals = await grains.GetGrainOf<IPageGrain>(page).GetTotals();
            return new PageCount(page, totals.Views, totals.Visitors);
        })));

    private static async Task<Ok<TopViews>> GetTop(
        string? from, string? to, string? location, int? limit, IGrainFactory grains, ViewCalendar calendar)
    {
        var top = await grains.GetGrain<IViewQueryGrain>(0).GetTop(
            ViewQuery.TopRange(from, to, calendar.Today), ViewQuery.Location(location), Limit.Of(limit, DefaultTop));
        return TypedResults.Ok(new TopViews(top.AsOf, top.Pages));
    }
}
