using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;
using Orleans.Dashboard;

namespace Hearth.WebFrontend.Operating;

/// <summary>
/// The Orleans dashboard at <c>/orleans</c>, built when somebody first opens it: mapping it compresses its files, which
/// would take half a second of every start.
/// </summary>
internal static class DashboardExtensions
{
    private const string Path = "/orleans";

    public static void UseOrleansDashboard(this WebApplication app)
    {
        var dashboard = new Lazy<RequestDelegate>(() => Build(app.Services));
        app.MapWhen(
            context => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal),
            branch => branch.Run(context =>
            {
                // The dashboard reads its paths as the framework decodes them, and not as ids stand in Hearth's.
                context.Request.Path = PathString.FromUriComponent(context.Request.Path.Value!);
                return dashboard.Value(context);
            }));
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var branch = new ApplicationBuilder(services);
        branch.UseRouting();
        branch.UseAuthentication();
        branch.UseAuthorization();
        branch.UseEndpoints(endpoints =>
        {
            var group = endpoints.MapOrleansDashboard(Path);
            group.RequireAuthorization(Scope.Admin).AddEndpointFilter<RouteGroupBuilder, DashboardSilo>();
            ((IEndpointConventionBuilder)group).Add(MarkStream);
            group.AnswerHead();
        });
        return branch.Build();
    }

    /// <summary>The trace goes on for an hour.</summary>
    private static void MarkStream(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: $"{Path}/Trace" })
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/event-stream"]));
        }
    }
}
