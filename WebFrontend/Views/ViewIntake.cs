using Hearth.AspNetCore.Views;
using Hearth.Model.Views;
using Hearth.WebFrontend.Requests;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Views;

/// <summary>Makes views of what requests say, and puts them into the log.</summary>
internal sealed class ViewIntake(ViewFactory factory, ViewAppender appender, IOptions<ViewsOptions> options)
{
    private const string Set = "1";

    public ValueTask<AppendOutcome> Count(HttpContext context, PageViewBody body)
    {
        var errors = new Dictionary<string, string[]>();
        var view = Create(context.Request, body, "", errors);
        ThrowIfAny(errors);
        return appender.Append([view]);
    }

    /// <summary>Makes views of a batch's items, or refuses the request.</summary>
    public AppendedView[] Check(HttpContext context, PageViewBody?[] items)
    {
        var errors = new Dictionary<string, string[]>();
        var views = new AppendedView[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            views[i] = Create(context.Request, items[i] ?? new PageViewBody(), $"[{i}].", errors);
        }

        ThrowIfAny(errors);
        return views;
    }

    public ValueTask<AppendOutcome> Append(AppendedView[] views) => appender.Append(views);

    private AppendedView Create(HttpRequest request, PageViewBody body, string prefix, Dictionary<string, string[]> errors)
    {
        var view = factory.Create(body, prefix, errors);
        return IsPrivate(request) ? view with { View = view.View with { Visitor = null } } : view;
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
