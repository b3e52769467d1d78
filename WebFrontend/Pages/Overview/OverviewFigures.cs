using Hearth.AspNetCore.Categories;
using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Hearth.GrainInterfaces.Sessions;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.WebFrontend.Presence;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Pages.Overview;

/// <summary>Asks the grains for the Overview's figures. Each is asked for by one loop, whoever looks.</summary>
internal sealed class OverviewFigures(
    IClusterClient cluster, CategoryReplica categories, ViewCalendar calendar, HealthFigureReader health, IOptions<PagesOptions> options, SteadyClock time)
{
    /// <summary>How many of those who are online a page lists; the page of users goes on in steps of as many.</summary>
    public const int ShownUsers = 50;

    private const int ShownPages = 8;
    private const int MinutesInSlice = 10;

    private readonly ViewRate _rate = new(TimeSpan.FromSeconds(10));

    public async Task<OnlineFigures> Online(CancellationToken cancellationToken)
    {
        var online = await cluster.GetGrain<IPresenceReaderGrain>(0).Online(ShownUsers, after: null, actual: true);
        return new OnlineFigures(online.Count, [.. online.Users.Select(user => new OnlineUserResponse(user.User, user.LastActionAt))]);
    }

    public async Task<ViewFigures> Views(CancellationToken cancellationToken)
    {
        var activity = await cluster.GetGrain<IViewActivityGrain>(0).Read();

        // Slices end at full ten minutes, so that a bar stays what it was once it is over.
        var last = activity.LastMinute.ToUnixTimeSeconds() / 60;
        var open = (int)(last % MinutesInSlice) + 1;
        var minutes = activity.Minutes;
        var slices = Enumerable.Range(0, minutes.Length / MinutesInSlice)
            .Select(ago => ago == 0 ? (From: minutes.Length - open, Length: open) : (From: minutes.Length - open - (ago * MinutesInSlice), Length: MinutesInSlice))
            .Select(slice => minutes.AsSpan()[Math.Max(0, slice.From)..(slice.From + slice.Length)].ToArray().Sum())
            .Reverse();
        return new ViewFigures(
            _rate.Of(activity.Accepted, time.GetUtcNow()), minutes.Sum(), (last + 1 - open) * 60, [.. slices]);
    }

    public async Task<TodayFigures> Today(CancellationToken cancellationToken)
    {
        var (query, day) = (cluster.GetGrain<IViewQueryGrain>(0), calendar.Today);
        var site = cluster.GetGrainOf<IPageGrain>(SiteViews.Id).GetTotals(Traffic.Human).AsTask();
        var pages = query.GetTopOf("", day, ShownPages).AsTask();
        var top = await Task.WhenAll(
            query.GetTopOf(options.Value.CategoryPrefix, day, ShownPages).AsTask(), query.GetTopOf(options.Value.ProductPrefix, day, ShownPages).AsTask());
        var tree = await categories.Read(minVersion: null, cancellationToken);
        var catalogue = cluster.GetGrain<IProductCatalogueGrain>(IProductCatalogueGrain.Key);
        var total = (await site).Today;
        return new TodayFigures(
            day,
            total.Views,
            total.Visitors,
            await pages,
            await Name(top[0], options.Value.CategoryPrefix, id => Task.FromResult(tree.Find(id)?.Name)),
            await Name(top[1], options.Value.ProductPrefix, async id => (await catalogue.Find(id))?.Name));
    }

    public async Task<MemoryFigures> Memory(CancellationToken cancellationToken)
    {
        var sessions = cluster.GetGrain<ISessionCensusGrain>(0).CountLive();
        var reads = await cluster.GetGrain<ICacheStatisticsGrain>(0).LastHour();
        return new MemoryFigures(await sessions, reads.Hits, reads.Misses);
    }

    public Task<HealthFigures> Health(CancellationToken cancellationToken) => health.Read(cancellationToken);

    private static Task<CatalogueCount[]> Name(IReadOnlyList<PageCount> pages, string prefix, Func<string, Task<string?>> nameOf) =>
        Task.WhenAll(pages.Where(page => page.Page.Length > prefix.Length).Select(async page =>
        {
            // The one character of an id that stays encoded in a path.
            var id = page.Page[prefix.Length..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            return new CatalogueCount(id, await nameOf(id), page.Page, page.Views);
        }));
}
