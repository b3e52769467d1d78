using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Views;

/// <summary>Counts views through the same group commit as the front end, and reads counts.</summary>
internal sealed partial class ViewCounter(
    GrainCalls calls, ViewAppender appender, ViewFactory factory, ViewCalendar calendar, IOptions<HearthOptions> options, ILogger<ViewCounter> logger) : IViews
{
    private const int MaxVisitorLength = 1024;

    private volatile bool _isFailing;

    public void Count(string page, string? visitor = null, string? location = null)
    {
        if (TryCount(page, visitor, location, userAgent: null) is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }

    /// <summary>Who made a request, as far as visitors are told apart.</summary>
    public string? Visitor(HttpContext context) =>
        options.Value.Visitor(context) is { } visitor ? visitor[..Math.Min(visitor.Length, MaxVisitorLength)] : null;

    /// <summary>The id of the page at a path; null for an empty path.</summary>
    public string? PageAt(PathString path) => options.Value.PageIds.Of(path);

    /// <summary>Counts a view, or says why not.</summary>
    public string? TryCount(string page, string? visitor, string? location, string? userAgent)
    {
        var errors = new Dictionary<string, string[]>();
        var view = factory.Create(new PageViewBody(page, location, visitor, UserAgent: userAgent), "", errors, ViewCaller.Site);
        if (errors.Count > 0)
        {
            return string.Join(' ', errors.Select(error => $"{error.Key}: {error.Value[0]}"));
        }

        _ = Append(view);
        return null;
    }

    public Task<PageTotals> GetAsync(string page, CancellationToken cancellationToken = default)
    {
        ValidId.Check(page);
        return calls.Run(grains => grains.GetGrainOf<IPageGrain>(page).GetTotals(), cancellationToken);
    }

    public async Task<IReadOnlyList<PageCount>> GetAsync(IEnumerable<string> pages, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(pages.Select(async page =>
        {
            var totals = await GetAsync(page, cancellationToken).ConfigureAwait(false);
            return new PageCount(page, totals.Views, totals.Visitors);
        })).ConfigureAwait(false);

    public Task<TopPages> GetTopAsync(DayRange? days = null, int limit = 10, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, 1000));
        var range = days ?? new DayRange(calendar.Today, calendar.Today);
        return calls.Run(grains => grains.GetGrain<IViewQueryGrain>(0).GetTop(range, location: null, limit), cancellationToken);
    }

    /// <summary>Nobody waits for the view, so its failure is told here, once until one is taken again.</summary>
    private async Task Append(AppendedView view)
    {
        try
        {
            var isRefused = (await appender.Append([view]).ConfigureAwait(false)).IsRefused;
            if (isRefused && !_isFailing)
            {
                LogFull();
            }

            _isFailing = isRefused;
        }
        catch (Exception exception)
        {
            if (!_isFailing)
            {
                LogFailed(exception);
            }

            _isFailing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Views are not counted at the moment: the view log is full.")]
    private partial void LogFull();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Views cannot be counted at the moment.")]
    private partial void LogFailed(Exception exception);
}
