using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.AspNetCore.Tests.Sessions;

/// <summary>
/// ASP.NET's own sessions and antiforgery, as they come, on Hearth's distributed cache and on the keys that all front ends
/// share.
/// </summary>
public abstract class FormsContract(Site site)
{
    private Site Site => site.OrSkip();

    [Fact]
    public async Task A_form_of_one_front_end_is_taken_by_another_with_its_token_and_refused_without()
    {
        await using var first = await Start(Site.FrontEnds[0].Services);
        await using var second = await Start(Site.FrontEnds[^1].Services);
        Assert.IsType<DistributedSessionStore>(second.Services.GetRequiredService<ISessionStore>());
        using var form = await first.GetTestClient().GetAsync(new Uri("/form", UriKind.Relative));
        var token = await form.Content.ReadAsStringAsync();
        var cookies = string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

        Assert.Equal((HttpStatusCode.OK, "written, then sent"), await Post(second, cookies, token));
        Assert.Equal((HttpStatusCode.BadRequest, ""), await Post(second, cookies, token: null));
        Assert.Equal((HttpStatusCode.BadRequest, ""), await Post(second, cookies, token[..^4] + "AAAA"));
        Assert.Equal((HttpStatusCode.BadRequest, ""), await Post(second, cookies: null, token));
    }

    private static async Task<WebApplication> Start(IServiceProvider site)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(site.GetRequiredService<IDistributedCache>());
        builder.Services.AddSingleton(site.GetRequiredService<IDataProtectionProvider>());
        builder.Services.AddSession().AddAntiforgery();
        var app = builder.Build();
        app.UseSession();
        app.MapGet("/form", (HttpContext context, IAntiforgery antiforgery) =>
        {
            context.Session.SetString("draft", "written");
            return antiforgery.GetAndStoreTokens(context).RequestToken;
        });
        app.MapPost("/form", async (HttpContext context, IAntiforgery antiforgery) =>
            await antiforgery.IsRequestValidAsync(context)
                ? Results.Text($"{context.Session.GetString("draft")}, then sent")
                : Results.BadRequest());
        await app.StartAsync();
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> Post(WebApplication app, string? cookies, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/form") { Content = new FormUrlEncodedContent([new("unused", "")]) };
        if (cookies is not null)
        {
            request.Headers.Add("Cookie", cookies);
        }

        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        using var response = await app.GetTestClient().SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
