using Hearth.Storage;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Hosting;

internal static class DrainExtensions
{
    /// <summary>For requests under way, once no new ones are taken.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);

    /// <summary>In a cluster only: nobody balances over an embedded front end.</summary>
    public static WebApplicationBuilder AddDrain(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.NamesCluster())
        {
            return builder;
        }

        builder.Services.AddOptionsWithValidateOnStart<DrainOptions>().BindConfiguration("FrontEnd").ValidateDataAnnotations();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout = drain.Value.DrainTime + StopLimit);
        builder.Services.AddSingleton<Drain>().AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddHealthChecks().AddCheck<Drain>("frontEnd");
        return builder;
    }

    public static WebApplication UseDrain(this WebApplication app)
    {
        if (app.Services.GetService<Drain>() is { } drain)
        {
            app.Use(drain.EndConnection);
        }

        return app;
    }
}
