using Hearth.Model.Views;
using Hearth.Model.Views.UserAgents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.AspNetCore.Views;

internal static class ViewAppendExtensions
{
    /// <summary>Adds what puts views into the log.</summary>
    public static IHostApplicationBuilder AddViewAppending(this IHostApplicationBuilder builder)
    {
        builder.AddViewsOptions();
        builder.Services.AddSingleton<ViewAppendMetrics>();
        builder.Services.AddSingleton<ViewAppender>();
        builder.Services.AddSingleton<ReferrerHosts>();
        builder.Services.AddSingleton<UserAgentClassifier>();
        builder.Services.AddSingleton<ViewFactory>();
        return builder;
    }
}
