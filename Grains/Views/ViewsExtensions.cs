using Hearth.Model.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Grains.Views;

/// <summary>Registers what the grains of this room need.</summary>
public static class ViewsExtensions
{
    /// <summary>Adds view counting to a silo.</summary>
    public static IHostApplicationBuilder AddViews(this IHostApplicationBuilder builder)
    {
        builder.AddViewsOptions();
        builder.Services.AddSingleton<PageBaseReader>();
        builder.Services.AddSingleton<ViewsMetrics>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ViewWorkers>();
        return builder;
    }
}
