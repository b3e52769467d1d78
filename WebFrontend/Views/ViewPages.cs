using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Pages;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Views;

/// <summary>The operator's pages about views: the most viewed pages, and one page.</summary>
internal static class ViewPages
{
    private const int ShownPages = 100;
    private const int FoundPages = 50;
    private const int MaxDownload = 1000;

    public static void MapViewPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/operator/pages", Top);
        pages.MapGet("/operator/pages.csv", TopCsv);
        pages.MapGet("/operator/page", One);
        pages.MapGet("/operator/page.csv", OneCsv);
    }

    private static async Task<IResult> Top(HttpContext context, string? q, string? from, string? to, string? location, IGrainFactory grains, ViewCalendar calendar)
    {
        var form = new ViewForm(q ?? "", from ?? "", to ?? "", location ?? "");
        var query = grains.GetGrain<IViewQueryGrain>(0);
        var model = new Dictionary<string, object?> { ["Form"] = form, ["Today"] = calendar.Today };
        try
        {
            model["Top"] = await query.GetTop(form.TopRange(calendar.Today), form.LocationOrNull, ShownPages);
            model["Found"] = form.Search.Length > 0 ? await query.FindPages(Ids.Check("q", form.Search), after: "", FoundPages) : null;
        }
        catch (InvalidRequestException invalid)
        {
            model["Errors"] = invalid.Errors;
        }

        return OperatorPage.Show<TopPagesPage>(context, model, Status(model));
    }

    private static async Task<IResult> TopCsv(string? from, string? to, string? location, IGrainFactory grains, ViewCalendar calendar)
    {
        var form = new ViewForm("", from ?? "", to ?? "", location ?? "");
        var top = await grains.GetGrain<IViewQueryGrain>(0).GetTop(form.TopRange(calendar.Today), form.LocationOrNull, MaxDownload);
        return Csv.File("top-pages", ["page", "views", "visitors"], top.Pages.Select(page => new object[] { page.Page, page.Views, page.Visitors }));
    }

    private static async Task<IResult> One(HttpContext context, string? id, string? from, string? to, IGrainFactory grains, ViewCalendar calendar)
    {
        var page = Ids.Check("id", id);
        var form = new ViewForm("", from ?? "", to ?? "", "");
        var grain = grains.GetGrainOf<IPageGrain>(page);
        var model = new Dictionary<string, object?> { ["Id"] = page, ["Form"] = form, ["Today"] = calendar.Today, ["Totals"] = await grain.GetTotals() };
        try
        {
            var query = new SeriesQuery(form.SeriesRange(calendar.Today), By: null, Traffic.Human);
            model["Days"] = query.Days(await grain.GetDays(query.Range, query.Traffic)).ToArray();
            model["Locations"] = await grain.GetBreakdown(query.Range, ViewDimension.Location, query.Traffic);
        }
        catch (InvalidRequestException invalid)
        {
            model["Errors"] = invalid.Errors;
        }

        return OperatorPage.Show<PageViewsPage>(context, model, Status(model));
    }

    private static async Task<IResult> OneCsv(string? id, string? from, string? to, string? by, IGrainFactory grains, ViewCalendar calendar)
    {
        var grain = grains.GetGrainOf<IPageGrain>(Ids.Check("id", id));
        var query = SeriesQuery.Of(new ViewForm("", from ?? "", to ?? "", "").SeriesRange(calendar.Today), by, traffic: null);
        var (_, _, series) = await query.Read(grain, calendar);
        var column = by ?? "day";
        return Csv.File($"page-by-{column}", [column, "views", "visitors"], series.Select(
            row => new object[] { row.Day as object ?? row.Hour ?? row.Location ?? row.Referrer ?? row.Campaign!, row.Views, row.Visitors }));
    }

    private static int Status(Dictionary<string, object?> model) =>
        model.ContainsKey("Errors") ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
}
