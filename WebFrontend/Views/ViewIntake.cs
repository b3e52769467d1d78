using System.Net;
using Hearth.AspNetCore.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Requests;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Views;

/// <summary>Makes views of what requests say, and puts them into the log.</summary>
internal sealed class ViewIntake(
    ViewFactory factory, ViewAppender appender, VisitorHashes visitors, CountryDatabase countries, IOptions<ViewsOptions> options)
{
    private const string Set = "1";

    /// <summary>Whether a request comes from a browser, with a key that everybody can read.</summary>
    public static bool IsPublic(HttpContext context) => context.User.IsInRole(Scope.Public);

    public async ValueTask<AppendOutcome> Count(HttpContext context, PageViewBody body)
    {
        var errors = new Dictionary<string, string[]>();
        var view = await Create(context, body, "", errors);
        ThrowIfAny(errors);
        return await appender.Append([view]);
    }

    /// <summary>Makes views of a batch's items, or refuses the request.</summary>
    public async ValueTask<AppendedView[]> Check(HttpContext context, PageViewBody?[] items)
    {
        var errors = new Dictionary<string, string[]>();
        var views = new AppendedView[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            views[i] = await Create(context, items[i] ?? new PageViewBody(), $"[{i}].", errors);
        }

        ThrowIfAny(errors);
        return views;
    }

    public ValueTask<AppendOutcome> Append(AppendedView[] views) => appender.Append(views);

    private async ValueTask<AppendedView> Create(HttpContext context, PageViewBody body, string prefix, Dictionary<string, string[]> errors)
    {
        var caller = new ViewCaller(IsPublic(context), context.Request.Headers.UserAgent);
        if (caller.IsPublic && body.Address is not null)
        {
            errors.Add(prefix + "address", ["Only a site's server, with a key of the scope app, may say whose address it is."]);
        }

        var view = factory.Create(body, prefix, errors, caller);
        return errors.Count > 0 ? view : view with { View = await Complete(context, body, view.View, caller.AgentOf(body)) };
    }

    /// <summary>Fills in what an address tells of where a view came from, and of whom.</summary>
    private async ValueTask<PageView> Complete(HttpContext context, PageViewBody body, PageView view, string? agent)
    {
        var address = body.Address is { } said ? IPAddress.Parse(said) : IsPublic(context) ? context.Connection.RemoteIpAddress : null;
        if (IsPrivate(context.Request))
        {
            view = view with { Visitor = null };
        }
        else if (address is not null && view is { Visitor: null, Traffic: Traffic.Human } && !string.IsNullOrWhiteSpace(agent))
        {
            view = view with { Visitor = await visitors.Of(address, agent) };
        }

        return address is not null && view.Location.Length == 0 && countries.CountryOf(address) is { } country ? view with { Location = country } : view;
    }

    /// <summary>Whether a person asks not to be followed: by Global Privacy Control, or Do Not Track.</summary>
    private bool IsPrivate(HttpRequest request) =>
        options.Value.RespectPrivacySignals && (request.Headers["Sec-GPC"] == Set || request.Headers["DNT"] == Set);

    private static void ThrowIfAny(Dictionary<string, string[]> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidRequestException(errors);
        }
    }
}
