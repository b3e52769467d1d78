using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Presence;
using Hearth.WebFrontend.Pages;
using Hearth.WebFrontend.Pages.Overview;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Presence;

/// <summary>The operator's pages about users: who is online, a search, and one user.</summary>
internal static class UserPages
{
    private const int Shown = 100;

    public static void MapUserPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/operator/users", All);
        pages.MapGet("/operator/user", One);
    }

    private static async Task<RazorComponentResult<UsersPage>> All(HttpContext context, string? q, string? after, IClusterClient cluster)
    {
        var model = new Dictionary<string, object?> { ["Search"] = q ?? "", ["IsFirst"] = string.IsNullOrEmpty(after) };
        var reader = cluster.GetGrain<IPresenceReaderGrain>(0);
        try
        {
            if (string.IsNullOrEmpty(q))
            {
                model["Online"] = await reader.Online(OverviewFigures.ShownUsers, string.IsNullOrEmpty(after) ? null : Ids.Check("after", after), actual: true);
            }
            else
            {
                model["Found"] = await reader.Search(Ids.Check("q", q), Shown);
            }
        }
        catch (InvalidRequestException invalid)
        {
            model["Errors"] = invalid.Errors;
        }

        return OperatorPage.Show<UsersPage>(context, model, model.ContainsKey("Errors") ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<RazorComponentResult<UserPage>> One(
        HttpContext context, string? id, string? after, IClusterClient cluster, IOptions<PresenceOptions> options)
    {
        var user = Ids.Check("id", id);
        var grain = cluster.GetGrainOf<IUserGrain>(user);
        var sessions = grain.ListSessions(string.IsNullOrEmpty(after) ? null : after);
        var record = await grain.Describe();
        return OperatorPage.Show<UserPage>(context, new Dictionary<string, object?>
        {
            ["State"] = record.Presence,
            ["Devices"] = record.Devices,
            ["Sessions"] = await sessions,
            ["Timeout"] = options.Value.OnlineTimeout,
        });
    }
}
