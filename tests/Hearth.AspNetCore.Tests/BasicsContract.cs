using System.Globalization;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.AspNetCore.Tests;

/// <summary>Presence, views and categories in a site, and how the site tells that they are well.</summary>
public abstract class BasicsContract(Site site)
{
    private readonly string _name = $"n{Guid.NewGuid():N}";

    private Site Site => site.OrSkip();

    private IPresence Presence => Site.Services.GetRequiredService<IPresence>();

    private IViews Views => Site.Services.GetRequiredService<IViews>();

    private ICategoryTree Categories => Site.Services.GetRequiredService<ICategoryTree>();

    [Fact]
    public async Task A_request_of_a_signed_in_user_makes_the_user_online_and_signing_out_offline()
    {
        var browser = Site.NewBrowser();
        await browser.Get($"/sign-in?user={_name}");
        Assert.False((await Presence.GetAsync(_name)).Online);

        await browser.Get("/nothing");
        await Site.Flow(Eventually.Get(() => Presence.GetAsync(_name), presence => presence.Online, "The user online"));
        Assert.Contains((await Presence.GetOnlineAsync(1000)).Users, online => online.User == _name);

        await Presence.SignOutAsync(_name);
        Assert.Equal([false, false], (await Presence.GetAsync([_name, _name + "-2"])).Select(presence => presence.Online));
    }

    [Fact]
    public async Task Views_are_counted_where_the_endpoint_says_so_and_the_answer_is_a_success()
    {
        var browser = Site.NewBrowser();
        await browser.Get($"/page/{_name}");
        await browser.Get($"/page/{_name}");
        await browser.Get("/page/missing");
        await browser.Get($"/page/{new string('x', 300)}");
        await browser.Get("/nothing");

        var totals = await Site.Flow(Eventually.Get(() => Views.GetAsync(_name), totals => totals.Views == 2, "Two views"));
        Assert.Equal(1, totals.Visitors);
        Assert.Equal([2, 0], (await Views.GetAsync([_name, "missing"])).Select(page => page.Views));
    }

    [Theory]
    [InlineData("/articles/{0}-caf%C3%A9", "/articles/{0}-café")]
    [InlineData("/products/{0}-a%20b%5B%25", "/products/{0}-a b[%")]
    public async Task A_page_is_counted_under_the_decoded_path(string sent, string page)
    {
        var (path, id) = (string.Format(CultureInfo.InvariantCulture, sent, _name), string.Format(CultureInfo.InvariantCulture, page, _name));

        Assert.Equal(id, await Site.NewBrowser().Get(path));

        await Site.Flow(Eventually.Get(() => Views.GetAsync(id), totals => totals.Views == 1, "The view"));
    }

    [Fact]
    public async Task Views_are_counted_by_hand_and_ranked()
    {
        Views.Count(_name, visitor: "anna", location: "BE");
        await Site.Flow(Eventually.Get(() => Views.GetAsync(_name), totals => totals.Views == 1, "The view"));

        Assert.Throws<ArgumentException>(() => Views.Count(""));
        Assert.Throws<ArgumentException>(() => Views.Count(_name, location: "not a location"));
        Assert.True((await Views.GetTopAsync()).Pages.Length <= 10);
    }

    [Fact]
    public async Task Categories_and_products_are_read_from_the_tree()
    {
        Assert.Equal(CategoryEditStatus.Done, (await Site.Flow(Categories.AddAsync(new NewCategory(_name, "Shoes", null, null)))).Status);
        await Site.Flow(Categories.AddAsync(new NewCategory(_name + "-boots", "Boots", _name, null)));
        await Categories.PutProductAsync(new Product(_name + "-b1", "Hiking boot", _name + "-boots"));

        var boots = (await Categories.FindAsync(_name + "-boots"))!;
        Assert.Equal(("Boots", 2, "Shoes"), (boots.Name, boots.Depth, boots.Path.Single().Name));
        Assert.Contains(await Categories.GetChildrenAsync(), root => root.Id == _name);
        Assert.Equal("Boots", (await Categories.GetChildrenAsync(_name)).Single().Name);
        Assert.Equal([_name + "-boots"], await Categories.GetDescendantsAsync(_name));
        Assert.Equal("Hiking boot", (await Categories.GetProductsAsync(_name)).Single().Name);
        Assert.Null(await Categories.FindAsync(_name + "-unknown"));
        Assert.Empty(await Categories.GetChildrenAsync(_name + "-unknown"));
    }

    [Fact]
    public async Task Health_names_the_silo_and_each_store()
    {
        var report = await Site.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Superset(new HashSet<string> { "silo", "database", "viewLog", "grainState" }, report.Entries.Keys.ToHashSet());
    }
}
