using Hearth.AspNetCore.Presence;
using Hearth.AspNetCore.Sessions;
using Hearth.AspNetCore.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hearth.AspNetCore;

/// <summary>What an ASP.NET site adds to its pipeline and endpoints.</summary>
public static class HearthAppExtensions
{
    /// <summary>
    /// Notes each request of a signed-in user as an action. It waits for nothing: a user's first action in a second is sent
    /// on while the request goes on, and further ones are gathered. Place it after authentication.
    /// </summary>
    /// <param name="app">The site.</param>
    public static IApplicationBuilder UsePresence(this IApplicationBuilder app) => app.UseMiddleware<PresenceMiddleware>();

    /// <summary>Counts a view of the page at the request's path with each successful answer, once it was sent.</summary>
    /// <typeparam name="TBuilder">What maps endpoints.</typeparam>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    public static TBuilder CountViews<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.CountViews(context => context.Request.Path);

    /// <summary>
    /// Counts a view of the page at a path with each successful answer, once it was sent. The page's id is the decoded path,
    /// as <c>Path.Value</c> has it and <see cref="HearthOptions.PageIds"/> folds it; not its percent-encoded text.
    /// </summary>
    /// <typeparam name="TBuilder">What maps endpoints.</typeparam>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    /// <param name="page">The page's path; an empty one counts nothing.</param>
    /// <param name="location">Where the view came from, 1 to 32 of A-Z a-z 0-9 - _; null for none.</param>
    public static TBuilder CountViews<TBuilder>(this TBuilder endpoint, Func<HttpContext, PathString> page, Func<HttpContext, string?>? location = null)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(built => CountedEndpoint.Wrap(built, (context, counter) => counter.PageAt(page(context)), location));
        return endpoint;
    }

    /// <summary>Counts a view of a page with each successful answer, once it was sent.</summary>
    /// <typeparam name="TBuilder">What maps endpoints.</typeparam>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    /// <param name="page">The page's id; null counts nothing.</param>
    /// <param name="location">Where the view came from, 1 to 32 of A-Z a-z 0-9 - _; null for none.</param>
    public static TBuilder CountViews<TBuilder>(this TBuilder endpoint, Func<HttpContext, string?> page, Func<HttpContext, string?>? location = null)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(built => CountedEndpoint.Wrap(built, (context, _) => page(context), location));
        return endpoint;
    }

    /// <summary>
    /// Ends this request's session for good, as at a sign-out, and takes its cookie back: no request that is still under
    /// way can bring it back.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <exception cref="InvalidOperationException">The site's sessions are not Hearth's.</exception>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    public static Task EndSessionAsync(this HttpContext context) => SessionEnd.Of(context);
}
