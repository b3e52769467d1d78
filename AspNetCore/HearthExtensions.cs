using Hearth.AspNetCore.Caching;
using Hearth.AspNetCore.Categories;
using Hearth.AspNetCore.Hosting;
using Hearth.AspNetCore.Presence;
using Hearth.AspNetCore.Sessions;
using Hearth.AspNetCore.Views;
using Hearth.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Hearth.AspNetCore;

/// <summary>What an ASP.NET site adds to its builder.</summary>
public static class HearthExtensions
{
    /// <summary>
    /// Connects the site to the cluster that <c>ConnectionStrings:Redis</c> and <c>ConnectionStrings:Postgres</c> name, and
    /// where there are none embeds everything in this process, with its files in <c>Storage:DataDirectory</c>. Adds
    /// <see cref="IPresence"/>, <see cref="IViews"/> and <see cref="ICategoryTree"/>, health checks of the silos and of
    /// every store, and the instruments of the meter <c>Hearth</c> to OpenTelemetry where the site uses it.
    /// </summary>
    /// <param name="builder">The site's builder.</param>
    /// <param name="configure">Sets options in code; the section <c>Hearth</c> sets them too.</param>
    public static IHostApplicationBuilder AddHearth(this IHostApplicationBuilder builder, Action<HearthOptions>? configure = null)
    {
        builder.Services.AddOptionsWithValidateOnStart<HearthOptions>().BindConfiguration("Hearth").ValidateDataAnnotations();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddStorage();
        builder.AddGrainAccess();
        builder.AddGrainCalls();
        builder.AddViewAppending();
        builder.AddTouches();
        builder.AddCategoryReplica();
        builder.Services.AddSingleton<IPresence, PresenceClient>();
        builder.Services.AddSingleton<ViewCounter>().AddSingleton<IViews>(services => services.GetRequiredService<ViewCounter>());
        builder.Services.AddSingleton<ICategoryTree, CategoryTreeClient>();
        return builder;
    }

    /// <summary>
    /// Makes Hearth the site's <see cref="IDistributedCache"/> and <see cref="IBufferDistributedCache"/>, on which ASP.NET's
    /// sessions, <see cref="HybridCache"/> and others build.
    /// </summary>
    /// <param name="builder">The site's builder, after <see cref="AddHearth"/>.</param>
    public static IHostApplicationBuilder AddHearthDistributedCache(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDistributedCache();
        return builder;
    }

    /// <summary>Adds ASP.NET's output caching with Hearth as its store, <see cref="IOutputCacheStore"/>.</summary>
    /// <param name="builder">The site's builder, after <see cref="AddHearth"/>.</param>
    public static IHostApplicationBuilder AddHearthOutputCache(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOutputCacheStore();
        return builder;
    }

    /// <summary>
    /// Adds <see cref="HearthCache"/>, which works out each answer once in the whole cluster, and the same as
    /// <see cref="HybridCache"/> and as FusionCache's <c>IFusionCache</c>.
    /// </summary>
    /// <param name="builder">The site's builder, after <see cref="AddHearth"/>.</param>
    public static IHostApplicationBuilder AddHearthCache(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAnswers();
        return builder;
    }

    /// <summary>
    /// Makes Hearth the store of ASP.NET's sessions, whose concurrent requests merge key by key, and of the tickets of
    /// cookie authentication, with <see cref="IUserSessions"/> to end them. All front ends share the keys that protect
    /// cookies.
    /// </summary>
    /// <param name="builder">The site's builder, after <see cref="AddHearth"/>.</param>
    /// <param name="configure">Sets ASP.NET's own session options.</param>
    public static IHostApplicationBuilder AddHearthSession(this IHostApplicationBuilder builder, Action<SessionOptions>? configure = null)
    {
        builder.AddSessionStore(configure);
        return builder;
    }
}
