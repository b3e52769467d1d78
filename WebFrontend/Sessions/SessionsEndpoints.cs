using System.Collections.Immutable;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
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
        sessions.MapPut("/{id}", Put).WithName("PutSession")
            .WithSummary("Makes or replaces the session of an id of the caller's: 22 to 128 of A-Z a-z 0-9 - _ . ~, of which at least 128 bits are random.")
            .WithDescription(
                "With If-None-Match: * only where there is none, else 412; a call that is repeated since its answer was lost may find what it "
                + "made itself. 409 for a day after a session of this id was ended or rotated.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        sessions.MapPost("/{id}/rotate", Rotate).WithName("RotateSession")
            .WithSummary("Gives a session another id, for after a sign-in. The old one is 404 at once and for good, for requests under way too.")
            .WithDescription("Where the answer is lost the session may be gone under its old id, and the user signs in again.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPatch("/{id}", Change).WithName("ChangeSession")
            .WithSummary("Merges data key by key, null removing the key; may set the user and the timeouts, the absolute one from now on. Slides the expiry, as any use does.")
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
        var id = SessionId.New();
        var answer = await Grain(grains, id).Create(NewSession(id, request));
        return answer.Session is { } session
            ? TypedResults.Created($"/sessions/{id.Secret}", SessionResponse.Of(id.Secret, session))
            : TooLarge(answer);
    }

    private static async Task<Results<Ok<SessionResponse>, Created<SessionResponse>, ProblemHttpResult>> Put(
        string id, [FromBody] SessionRequest? request, [FromHeader(Name = "If-None-Match")] string? ifNoneMatch, IGrainFactory grains)
    {
        if (!SessionId.TryParse(id, out var known))
        {
            throw new InvalidRequestException("id", "22 to 128 of A-Z a-z 0-9 - _ . ~, of which at least 128 bits are random.");
        }

        if (ifNoneMatch is not (null or "*"))
        {
            throw new InvalidRequestException("If-None-Match", "Only * is understood here.");
        }

        var answer = await Grain(grains, known).Put(NewSession(known, request), onlyNew: ifNoneMatch is not null);
        return answer switch
        {
            { Session: { } made, IsNew: true } => TypedResults.Created($"/sessions/{id}", SessionResponse.Of(id, made)),
            { Session: { } replaced } => TypedResults.Ok(SessionResponse.Of(id, replaced)),
            { Outcome: SessionOutcome.Exists } => Problem.Of(StatusCodes.Status412PreconditionFailed, "There is a session of this id."),
            { Outcome: SessionOutcome.Ended } => Problem.Conflict("A session of this id was ended or rotated less than a day ago. Take another id."),
            _ => TooLarge(answer),
        };
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> Rotate(string id, IGrainFactory grains)
    {
        var rotated = SessionId.New();
        return SessionId.TryParse(id, out var known) && await Grain(grains, known).Rotate(rotated.Key, rotated.Shown) is { Session: { } session }
            ? TypedResults.Ok(SessionResponse.Of(rotated.Secret, session))
            : Problem.NotFound(UnknownSession);
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
        var change = new SessionChange(
            CheckData(patch.Data).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Stored),
            patch.NamesUser,
            CheckUser(patch.User),
            IdleTimeout: Seconds.Check("idleTimeout", patch.IdleTimeout),
            AbsoluteTimeout: Seconds.Check("absoluteTimeout", patch.AbsoluteTimeout));
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
        TypedResults.Ok(grains.GetGrainOf<IUserGrain>(user).ListEachSession(cancellationToken).Select(session => SessionResponse.Of(session.ShortId, session)));

    private static async Task<Ok<EndedResponse>> EndAll(PathId user, IGrainFactory grains) =>
        TypedResults.Ok(new EndedResponse(await grains.GetGrainOf<IUserGrain>(user).EndEachSession()));

    private static ISessionGrain Grain(IGrainFactory grains, SessionId id) => grains.GetGrain<ISessionGrain>(id.Key);

    private static string? CheckUser(string? user) => user is null ? null : Ids.Check("user", user);

    private static NewSession NewSession(SessionId id, SessionRequest? request) => new(
        id.Shown,
        CheckUser(request?.User),
        CheckData(request?.Data).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.AsFirst),
        Seconds.Check("idleTimeout", request?.IdleTimeout),
        Seconds.Check("absoluteTimeout", request?.AbsoluteTimeout));

    private static Dictionary<string, SessionValue> CheckData(Dictionary<string, SessionValue>? data)
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
