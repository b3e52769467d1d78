using Hearth.WebFrontend.Keys;
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
            branch => branch.Run(context => Answer(context, dashboard.Value)));
    }

    /// <summary>The dashboard takes what it cannot read in a path for a fault of its own.</summary>
    private static async Task Answer(HttpContext context, RequestDelegate dashboard)
    {
        try
        {
            await dashboard(context);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException or InvalidOperationException && !context.Response.HasStarted)
        {
            throw new BadHttpRequestException("The dashboard knows nothing of this name.", exception);
        }
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var branch = new ApplicationBuilder(services);
        branch.UseRouting();
        branch.UseAuthentication();
        branch.UseAuthorization();
        branch.UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Path).RequireAuthorization(Scope.Admin));
        return branch.Build();
    }
}
