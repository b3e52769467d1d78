using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Model.Ids;
using Hearth.Model.Sessions;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hearth.WebFrontend.Sessions;

/// <summary>"Sessions" of the HTTP contract.</summary>
internal static class SessionsEndpoints
{
    /// <summary>Enough for the largest data that can be configured, every character of it escaped (<c>\u0041</c>).</summary>
    private const int MaxBodyBytes = 1 << 20;

    private const string ReadName = "ReadSession";

    private const string UnknownSession = "There is no such session: it never was, it expired, or it was ended.";

    public static Shortcut PlainRead { get; } = new(HttpMethods.Get, "/sessions/", "", ReadName, Scope.App, services =>
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        return async (context, id) =>
        {
            var result = await Read(id, peek: null, context.Request, grains);
            ForbidStoring(context.Response);
            await ((IResult)result).ExecuteAsync(context);
            return true;
        };
    });

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/sessions").WithTags("Sessions").RequireAuthorization(Scope.App).AddEndpointFilter(ForbidStoring).AddEndpointFilter<RouteGroupBuilder, SiloRetry>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        sessions.MapPost("/", Create).WithName("CreateSession").WithSummary("Begins a session.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes), Repeatable.Instance)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        sessions.MapGet("/{id}", Read).WithName(ReadName).WithSummary("Returns a session and slides its expiry; peek=true, and HEAD, do not slide it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPatch("/{id}", Change).WithName("ChangeSession")
            .WithSummary("Merges data key by key, null removing the key, and may set the user. Slides the expiry, as any use does.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes), Repeatable.Instance)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        sessions.MapDelete("/{id}", EndOne).WithName("EndSession").WithSummary("Ends a session for good, if there is one.");

        var ofUser = app.MapGroup("/users/{user}/sessions").WithTags("Sessions").RequireAuthorization(Scope.App).AddEndpointFilter(ForbidStoring).AddEndpointFilter<RouteGroupBuilder, SiloRetry>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        ofUser.MapGet("/", List).WithName("ListUserSessions").WithSummary("Returns the user's live sessions, their ids shortened to 8 characters.");
        ofUser.MapDelete("/", EndAll).WithName("EndUserSessions")
            .WithSummary("Ends all of the user's sessions. One that is created meanwhile may stay.").WithMetadata(LongRunning.Instance);
    }

    private static async Task<Results<Created<SessionResponse>, ProblemHttpResult>> Create([FromBody] SessionRequest? request, IGrainFactory grains)
    {
        request ??= new SessionRequest();
        var id = SessionId.New();
        var answer = await Grain(grains, id).Create(new NewSession(
            id.Shown,
            CheckUser(request.User),
            CheckData(request.Data).Where(pair => pair.Value is not null).ToImmutableDictionary(pair => pair.Key, pair => pair.Value!),
            Seconds.Check("idleTimeout", request.IdleTimeout),
            Seconds.Check("absoluteTimeout", request.AbsoluteTimeout)));
        return answer.Session is { } session
            ? TypedResults.Created($"/sessions/{id.Secret}", SessionResponse.Of(id.Secret, session))
            : TooLarge(answer);
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> Read(string id, bool? peek, HttpRequest request, IGrainFactory grains)
    {
        if (!SessionId.TryParse(id, out var known))
        {
            return Problem.NotFound(UnknownSession);
        }

        var grain = Grain(grains, known);
        return await (peek is true || HttpMethods.IsHead(request.Method) ? grain.Peek() : grain.Use()) is { } session
            ? TypedResults.Ok(SessionResponse.Of(id, session))
            : Problem.NotFound(UnknownSession);
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> Change(string id, [FromBody] SessionPatch patch, IGrainFactory grains)
    {
        var change = new SessionChange(CheckData(patch.Data).ToImmutableDictionary(), patch.NamesUser, CheckUser(patch.User));
        if (!SessionId.TryParse(id, out var known))
        {
            return Problem.NotFound(UnknownSession);
        }

        var answer = await Grain(grains, known).Change(change);
        return answer switch
        {
            { Session: { } session } => TypedResults.Ok(SessionResponse.Of(id, session)),
            { Outcome: SessionOutcome.TooLarge } => TooLarge(answer),
            _ => Problem.NotFound(UnknownSession),
        };
    }

    private static async Task<NoContent> EndOne(string id, IGrainFactory grains)
    {
        if (SessionId.TryParse(id, out var known))
        {
            await Grain(grains, known).EndSession();
        }

        return TypedResults.NoContent();
    }

    private static Ok<IAsyncEnumerable<SessionResponse>> List(PathId user, IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(SessionsOf(grains.GetGrainOf<IUserSessionsGrain>(user), cancellationToken));

    private static async Task<Ok<EndedResponse>> EndAll(PathId user, IGrainFactory grains) =>
        TypedResults.Ok(new EndedResponse(await grains.GetGrainOf<IUserSessionsGrain>(user).EndEach()));

    /// <summary>A page at a time, so that a user of very many sessions fills nobody's memory.</summary>
    private static async IAsyncEnumerable<SessionResponse> SessionsOf(
        IUserSessionsGrain user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await user.List(after);
            foreach (var session in page.Sessions)
            {
                yield return SessionResponse.Of(session.ShortId, session);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static ISessionGrain Grain(IGrainFactory grains, SessionId id) => grains.GetGrain<ISessionGrain>(id.Key);

    private static string? CheckUser(string? user) => user is null ? null : Ids.Check("user", user);

    private static Dictionary<string, string?> CheckData(Dictionary<string, string?>? data)
    {
        foreach (var key in data?.Keys ?? Enumerable.Empty<string>())
        {
            if (Id.Problem(key) is { } problem)
            {
                throw new InvalidRequestException("data", $"A key {problem}.");
            }
        }

        return data ?? [];
    }

    private static ProblemHttpResult TooLarge(SessionAnswer answer) =>
        Problem.TooLarge($"A session's data is at most {answer.MaxDataBytes} bytes of UTF-8, keys and values together.");

    /// <summary>Answers hold a session's id and data, which no cache on the way may keep.</summary>
    private static ValueTask<object?> ForbidStoring(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ForbidStoring(context.HttpContext.Response);
        return next(context);
    }

    private static void ForbidStoring(HttpResponse response) => response.Headers.CacheControl = "no-store";
}
