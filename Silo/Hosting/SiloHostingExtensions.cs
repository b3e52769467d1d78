using Hearth.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Silo.Hosting;

/// <summary>What a silo needs as a process of its own.</summary>
internal static class SiloHostingExtensions
{
    private const string DefaultUrl = "http://localhost:5090";

    /// <summary>Long enough to hand over what grains hold; what is left after it is in the stores in any case.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(8);

    /// <summary>Below every other source. Not a file, which would lie in the front end's folder beside its own.</summary>
    private static readonly Dictionary<string, string?> DefaultSettings = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    public static WebApplicationBuilder AddSiloHosting(this WebApplicationBuilder builder)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultSettings });
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.AddOptionsWithValidateOnStart<ConnectionStringsOptions>().Validate(
            _ => builder.Configuration.NamesCluster(),
            "A silo is a member of a cluster: set ConnectionStrings:Redis and ConnectionStrings:Postgres (for example the environment variables "
            + "ConnectionStrings__Redis and ConnectionStrings__Postgres), or run WebFrontend alone, which needs neither.");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainLimit);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }
}
