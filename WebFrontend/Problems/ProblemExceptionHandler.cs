using Hearth.AspNetCore.Categories;
using Hearth.AspNetCore.Hosting;
using Hearth.Model.Storage;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Problems;

/// <summary>
/// The one place where exceptions become answers: a bad request 400 (413, 415, …), an unreachable store or silo 503
/// with <c>Retry-After</c>, and anything else, logged as the bug that it is, 500.
/// </summary>
internal sealed partial class ProblemExceptionHandler(ClusterConnection cluster, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "1";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ToProblem(httpContext, exception);
        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private ProblemHttpResult ToProblem(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case InvalidRequestException invalid:
                return Problem.Invalid(invalid.Errors);
            case BadHttpRequestException bad when bad.StatusCode == StatusCodes.Status400BadRequest && BindingProblem.Errors(bad) is { } errors:
                return Problem.Invalid(errors);
            case BadHttpRequestException bad:
                return Problem.Of(bad.StatusCode, bad.Message);
            case VersionNotReachedException:
                return Problem.Of(StatusCodes.Status503ServiceUnavailable, exception.Message);
            case StoreUnavailableException or TimeoutException or OrleansException or OperationCanceledException:
                LogUnavailable(exception, context.Request.Method, Endpoint(context));
                return Problem.Of(StatusCodes.Status503ServiceUnavailable, "A part that this answer needs cannot be reached. Try again.");
            default:
                return ToUnexpected(context, exception);
        }
    }

    private ProblemHttpResult ToUnexpected(HttpContext context, Exception exception)
    {
        if (!cluster.WasFound)
        {
            // Until it has found a silo, Orleans' client says nothing better than that a reference is null.
            LogNoSilo(context.Request.Method, Endpoint(context));
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "No silo has been found yet. Try again.");
        }

        LogBug(exception, context.Request.Method, Endpoint(context));
        return Problem.Of(StatusCodes.Status500InternalServerError, "Hearth failed to answer; its log says more.");
    }

    /// <summary>The handler of exceptions clears the request's endpoint and keeps it aside.</summary>
    private static string? Endpoint(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Endpoint} was answered 503.")]
    private partial void LogUnavailable(Exception exception, string method, string? endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Endpoint} was answered 503: no silo has been found yet.")]
    private partial void LogNoSilo(string method, string? endpoint);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed.")]
    private partial void LogBug(Exception exception, string method, string? endpoint);
}
