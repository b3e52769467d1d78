using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.AspNetCore.Tests.Sessions;

/// <summary>ASP.NET's session middleware and cookie authentication on Hearth.</summary>
public abstract class SessionsContract(Site site)
{
    private readonly string _name = $"n{Guid.NewGuid():N}";

    private Site Site => site.OrSkip();

    [Fact]
    public async Task Nothing_is_created_until_something_is_set()
    {
        var browser = Site.NewBrowser();
        Assert.Equal("none", await browser.Get("/get?key=a"));
        await browser.Get("/remove?key=a");
        await browser.Get("/clear");
        Assert.Empty(browser.Cookies);

        await browser.Get("/set?key=a&value=1");

        Assert.Single(browser.Cookies);
    }

    [Fact]
    public async Task What_one_request_sets_the_next_one_reads_at_any_front_end()
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=a&value=blå");
        browser.FrontEnd = 1;

        Assert.Equal("blå", await browser.Get("/get?key=a"));
        Assert.Equal("a", await browser.Get("/keys"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Requests_side_by_side_keep_each_others_keys(bool load)
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=first&value=1");
        var (go, waits) = TestSite.Gate(_name + load);
        var slow = browser.Get($"/slow?gate={_name}{load}&key=slow&value=2&load={load}");
        await waits.Task;
        await browser.Get("/set?key=quick&value=3");
        go.SetResult();
        await slow;

        Assert.Equal("first,quick,slow", await browser.Get("/keys"));
    }

    [Fact]
    public async Task First_requests_side_by_side_with_one_cookie_keep_each_others_keys()
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=a&value=1");
        Site.Time.Advance(TimeSpan.FromMinutes(25));

        // The cookie outlives the session, so both requests begin it anew.
        await Task.WhenAll(browser.Get("/set?key=b&value=2"), browser.Get("/set?key=c&value=3"));

        Assert.Equal("b,c", await browser.Get("/keys"));
    }

    [Fact]
    public async Task A_removed_key_is_gone_and_a_cleared_session_empty()
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=a&value=1");
        await browser.Get("/set?key=b&value=2");
        await browser.Get("/remove?key=a");
        Assert.Equal("b", await browser.Get("/keys"));

        await browser.Get("/clear");
        Assert.Equal("", await browser.Get("/keys"));
    }

    [Fact]
    public async Task A_session_lives_for_its_idle_timeout_after_each_request()
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=a&value=1");
        Site.Time.Advance(TimeSpan.FromMinutes(19));
        await browser.Get("/nothing");
        Site.Time.Advance(TimeSpan.FromMinutes(19));
        Assert.Equal("1", await browser.Get("/get?key=a"));

        Site.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("none", await browser.Get("/get?key=a"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_slow_request_does_not_bring_back_a_session_that_was_ended(bool load)
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=secret&value=1");
        var thief = new Browser(Site, 0);
        var cookie = browser.Cookies.Single();
        var (go, waits) = TestSite.Gate(_name + load);
        var slow = browser.Get($"/slow?gate={_name}{load}&key=secret&value=2&load={load}");
        await waits.Task;

        await browser.Get("/end");
        Assert.Empty(browser.Cookies);
        go.SetResult();
        await slow;

        thief.Take(cookie);
        Assert.Equal("", await thief.Get("/keys"));
        await browser.Get("/set?key=new&value=3");
        Assert.NotEqual(cookie.Value, browser.Cookies.Single().Value);
        Assert.Equal("new", await browser.Get("/keys"));
    }

    [Fact]
    public async Task More_data_than_a_session_holds_is_refused_and_the_rest_stays()
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=a&value=1");
        await browser.Get($"/set?key=large&value={new string('x', 60_000)}");

        Assert.Equal("a", await browser.Get("/keys"));
        Assert.Contains(Site.Log, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("larger than 65536 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_and_ids_of_sessions_stand_nowhere_in_clear()
    {
        var browser = Site.NewBrowser();
        await browser.Get("/set?key=a&value=1");
        await browser.Get($"/sign-in?user={_name}");
        await browser.Get("/me");
        var cookies = browser.Cookies.ToDictionary(cookie => cookie.Key.Contains("Session", StringComparison.Ordinal), cookie => cookie.Value);
        var key = SessionKey(cookies[true]);
        Assert.True(Guid.TryParse(key, out _), key);
        var dump = await Site.Dump();

        Assert.DoesNotContain(key, dump);
        Assert.DoesNotContain(cookies[false], dump);
        Assert.DoesNotContain(Site.Log, line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signed_in_user_is_known_at_every_front_end_until_signing_out()
    {
        var browser = Site.NewBrowser();
        await browser.Get($"/sign-in?user={_name}");
        browser.FrontEnd = 1;
        Assert.Equal(_name, await browser.Get("/me"));

        await browser.Get("/sign-out");
        Assert.Equal("nobody", await browser.Get("/me"));
        Assert.Empty(await Site.Services.GetRequiredService<IUserSessions>().ListAsync(_name));
    }

    [Fact]
    public async Task Ending_all_sessions_of_a_user_signs_every_browser_out_and_no_one_else()
    {
        Browser[] browsers = [Site.NewBrowser(), Site.NewBrowser(1)];
        var other = Site.NewBrowser();
        await Task.WhenAll(browsers.Select(browser => browser.Get($"/sign-in?user={_name}")));
        await other.Get($"/sign-in?user={_name}-2");
        var sessions = Site.Services.GetRequiredService<IUserSessions>();
        Assert.Equal(2, (await sessions.ListAsync(_name)).Count);

        Assert.Equal(2, await sessions.EndAllAsync(_name));

        Assert.All(await Task.WhenAll(browsers.Select(browser => browser.Get("/me"))), user => Assert.Equal("nobody", user));
        Assert.Equal(_name + "-2", await other.Get("/me"));
    }

    [Fact]
    public async Task A_ticket_is_renewed_while_it_is_used_and_lapses_otherwise()
    {
        var browser = Site.NewBrowser();
        await browser.Get($"/sign-in?user={_name}");
        Site.Time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(_name, await browser.Get("/me"));
        Site.Time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(_name, await browser.Get("/me"));

        Site.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("nobody", await browser.Get("/me"));
    }

    [Fact]
    public async Task Renewing_does_not_bring_back_a_ticket_that_was_ended()
    {
        var browser = Site.NewBrowser();
        await browser.Get($"/sign-in?user={_name}");
        Site.Time.Advance(TimeSpan.FromMinutes(45));
        var (go, waits) = TestSite.Gate(_name);

        // Past half of its time, the ticket is renewed when this request's answer starts.
        var slow = browser.Get($"/slow-me?gate={_name}");
        await waits.Task;
        await Site.Services.GetRequiredService<IUserSessions>().EndAllAsync(_name);
        go.SetResult();
        Assert.Equal(_name, await slow);

        Assert.Equal("nobody", await browser.Get("/me"));
        Assert.Empty(await Site.Services.GetRequiredService<IUserSessions>().ListAsync(_name));
    }

    /// <summary>What ASP.NET's session cookie protects.</summary>
    private string SessionKey(string cookie)
    {
        var text = Uri.UnescapeDataString(cookie);
        var bytes = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        return Encoding.UTF8.GetString(Site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("SessionMiddleware").Unprotect(bytes));
    }
}
