namespace Hearth.WebFrontend.Problems;

internal static class ProblemExtensions
{
    public static WebApplicationBuilder AddHearthProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Gives a problem body to exceptions and to bare status codes, such as the router's 404 and 405.</summary>
    public static WebApplication UseHearthProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.Of(context.HttpContext.Response.StatusCode, Problem.Detail(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        return app;
    }
}
