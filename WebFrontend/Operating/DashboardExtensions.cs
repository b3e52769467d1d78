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
            branch => branch.Run(context => dashboard.Value(context)));
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
