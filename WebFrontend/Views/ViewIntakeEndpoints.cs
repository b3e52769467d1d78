using Hearth.AspNetCore.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Views;

/// <summary>Counting views.</summary>
internal static class ViewIntakeEndpoints
{
    private const string PostViewName = "PostView";
    private const string CorsPolicy = "post views from a browser";
    private const string RetryAfterSeconds = "1";
    private const int MaxItems = 1000;
    private const int MaxViewBytes = 64 << 10;
    private const int MaxBatchBytes = 8 << 20;

    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromHours(2);

    /// <summary>One view without a body, from a site's server: a browser's says more than its path does.</summary>
    public static Shortcut PlainView { get; } = new(HttpMethods.Post, "/pages/", "/views", PostViewName, Scope.App, services =>
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
        builder.Services.AddSingleton<VisitorHashes>();
        builder.Services.AddSingleton<CountryDatabase>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CountryDatabase>());
        builder.Services.AddSingleton<ViewIntake>();
        builder.Services.AddCors();
        builder.Services.AddOptions<CorsOptions>().Configure<IOptions<ViewsOptions>>((cors, views) => cors.AddPolicy(CorsPolicy, policy => policy
            .WithOrigins(views.Value.Origins).WithMethods(HttpMethods.Post).WithHeaders("Authorization", "Content-Type").SetPreflightMaxAge(PreflightMaxAge)));
        return builder;
    }

    public static void MapViewIntake(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Views").RequireAuthorization(Scope.Public).ProducesProblem(400).ProducesProblem(503);
        group.MapPost("/pages/{page}/views", PostView).WithName(PostViewName).RequireCors(CorsPolicy)
            .WithMetadata(BrowserCall.Instance, new RequestSizeLimitAttribute(MaxViewBytes)).Accepts<ViewBody>(isOptional: true, MediaType.Json, MediaType.PlainText)
            .WithSummary("Counts one view. The body is optional. Answered once the view is durable.").WithDescription(
                "From pages of the origins in Views:Origins too, the body also as text/plain holding the JSON, as navigator.sendBeacon sends it. "
                + "A public key may stand in the query as key. With Sec-GPC: 1 or DNT: 1 the view counts without its visitor (Views:RespectPrivacySignals).")
            .Produces(202).ProducesProblem(413);
        group.MapGet("/pages/{page}/views.gif", GetGif).WithName("GetViewGif").WithMetadata(BrowserCall.Instance)
            .WithSummary("Counts one view, and answers a transparent image of one pixel once it is durable: for pages without script.").WithDescription(
                "From pages of the origins in Views:Origins too. A public key may stand in the query as key. A parameter that the call does not know is a 400; HEAD counts nothing.");
        group.MapPost("/views", PostViews).WithName("PostViews").WithMetadata(new RequestSizeLimitAttribute(MaxBatchBytes))
            .WithSummary("Counts many views, 1 to 1000 items, all or nothing. Accepted and duplicates are sums of count.")
            .WithDescription("With a key of the scope public, a count above 1 is a 403.").Produces<BatchAccepted>(202).ProducesProblem(413);
    }

    private static async Task<Results<StatusCodeHttpResult, ProblemHttpResult>> PostView(
        PathId page, [FromBody] ViewBody? body, HttpContext context, ViewIntake intake)
    {
        var outcome = await intake.Count(context, new PageViewBody(
            page, body?.Location, body?.Visitor, body?.Id, body?.At, Count: null, body?.Referrer, body?.Campaign, body?.UserAgent, body?.Address));
        return outcome.IsRefused ? LogFull(context.Response) : TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<Results<GifResult, ProblemHttpResult>> GetGif(
        PathId page, string? location, string? visitor, string? id, string? referrer, HttpContext context, ViewIntake intake)
    {
        GifResult.CheckQuery(context.Request.Query);
        var view = new PageViewBody(page, location, visitor, id, Referrer: referrer);
        return HttpMethods.IsGet(context.Request.Method) && (await intake.Count(context, view)).IsRefused ? LogFull(context.Response) : new GifResult();
    }

    private static async Task<Results<Accepted<BatchAccepted>, ProblemHttpResult>> PostViews(PageViewBody?[] items, HttpContext context, ViewIntake intake)
    {
        if (items.Length is 0 or > MaxItems)
        {
            throw new InvalidRequestException("items", $"A batch has 1 to {MaxItems} items, and this one has {items.Length}.");
        }

        var views = await intake.Check(context, items);
        if (ViewIntake.IsPublic(context) && Array.FindIndex(views, view => view.View.Count > 1) is >= 0 and var first)
        {
            return Problem.Of(StatusCodes.Status403Forbidden, $"[{first}].count: A key of the scope public counts 1 view an item.");
        }

        var outcome = await intake.Append(views);
        return outcome.IsRefused
            ? LogFull(context.Response)
            : TypedResults.Accepted((string?)null, new BatchAccepted(outcome.Accepted, outcome.Duplicates));
    }

    private static ProblemHttpResult LogFull(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The view log is full; nothing was counted. Try again.");
    }
}
