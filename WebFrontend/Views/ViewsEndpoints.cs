using Hearth.AspNetCore.Views;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hearth.WebFrontend.Views;

/// <summary>Counting views, and reading the counts.</summary>
internal static class ViewsEndpoints
{
    private const string PostViewName = "PostView";

    private const string CorsPolicy = "post views from a browser";
    private const string RetryAfterSeconds = "1";
    private const int MaxItems = 1000;
    private const int DefaultTop = 10;
    private const int MaxViewBytes = 64 << 10;
    private const int MaxBatchBytes = 8 << 20;

    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromHours(2);

    /// <summary>One view without a body.</summary>
    public static Shortcut PlainView { get; } = new(HttpMethods.Post, "/pages/", "/views", PostViewName, Scope.Public, services =>
    {
        var (factory, appender) = (services.GetRequiredService<ViewFactory>(), services.GetRequiredService<ViewAppender>());
        return async (context, segment) =>
        {
            if (!PathId.TryParse(segment, out var page))
            {
                return false;
            }

            if ((await appender.Append([factory.Create(page)])).IsRefused)
            {
                await LogFull(context.Response).ExecuteAsync(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }

            return true;
        };
    });

    public static WebApplicationBuilder AddViewEndpoints(this WebApplicationBuilder builder)
    {
        builder.AddViewAppending();
        builder.Services.AddCors(cors => cors.AddPolicy(CorsPolicy, policy => policy
            .AllowAnyOrigin().WithMethods("POST").WithHeaders("Authorization", "Content-Type").SetPreflightMaxAge(PreflightMaxAge)));
        return builder;
    }

    public static void MapViews(this IEndpointRouteBuilder app)
    {
        var post = app.MapGroup("").WithTags("Views").RequireAuthorization(Scope.Public).RequireCors(CorsPolicy)
            .ProducesProblem(400).ProducesProblem(413).ProducesProblem(503);
        post.MapPost("/pages/{page}/views", PostView).WithName(PostViewName).WithMetadata(new RequestSizeLimitAttribute(MaxViewBytes))
            .WithSummary("Counts one view. The body is optional. Answered once the view is durable.").Produces(202);
        post.MapPost("/views", PostViews).WithName("PostViews").WithMetadata(new RequestSizeLimitAttribute(MaxBatchBytes))
            .WithSummary("Counts many views, 1 to 1000 items, all or nothing. Accepted and duplicates are sums of count.").Produces<BatchAccepted>(202);

        var get = app.MapGroup("").WithTags("Views").RequireAuthorization(Scope.App).AddEndpointFilter<RouteGroupBuilder, SiloRetry>().ProducesProblem(400).ProducesProblem(503);
        get.MapGet("/pages/{page}/views", GetPage).WithName("GetPageViews").WithSummary(
            "A page's counts over all time and today; with from, to or by (day or location) a series over at most 400 days. "
            + "Without to the range ends today; without from it has 30 days.");
        get.MapGet("/views", GetPages).WithName("GetViews").WithSummary("Totals of 1 to 500 pages, in the order asked.");
        get.MapGet("/views/top", GetTop).WithName("GetTopViews").WithSummary(
            "The most viewed pages as of the last flush, ties by page id. The range is today; with from alone it ends today, "
            + "with to alone it is that day. An empty location means views without one.");
    }

    private static async Task<Results<StatusCodeHttpResult, ProblemHttpResult>> PostView(
        PathId page, [FromBody] ViewBody? body, ViewFactory factory, ViewAppender appender, HttpResponse response)
    {
        var errors = new Dictionary<string, string[]>();
        var view = factory.Create(new PageViewBody(page, body?.Location, body?.Visitor, body?.Id, body?.At), "", errors);
        ThrowIfAny(errors);
        var outcome = await appender.Append([view]);
        return outcome.IsRefused ? LogFull(response) : TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<Results<Accepted<BatchAccepted>, ProblemHttpResult>> PostViews(
        PageViewBody?[] items, ViewFactory factory, ViewAppender appender, HttpResponse response)
    {
        if (items.Length is 0 or > MaxItems)
        {
            throw new InvalidRequestException("items", $"A batch has 1 to {MaxItems} items, and this one has {items.Length}.");
        }

        var errors = new Dictionary<string, string[]>();
        var views = new AppendedView[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            views[i] = factory.Create(items[i] ?? new PageViewBody(), $"[{i}].", errors);
        }

        ThrowIfAny(errors);
        var outcome = await appender.Append(views);
        return outcome.IsRefused
            ? LogFull(response)
            : TypedResults.Accepted((string?)null, new BatchAccepted(outcome.Accepted, outcome.Duplicates));
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

    private static ProblemHttpResult LogFull(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The view log is full; nothing was counted. Try again.");
    }

    private static void ThrowIfAny(Dictionary<string, string[]> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidRequestException(errors);
        }
    }
}
