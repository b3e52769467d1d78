using Hearth.Silo.Hosting;
using Hearth.Storage;
using Microsoft.Extensions.Configuration.Memory;

namespace Hearth.WebFrontend.Demo;

/// <summary><c>--demo</c>: an invented site, to be looked at. It has a data directory of its own and never touches another.</summary>
internal static class DemoExtensions
{
    public const string Switch = "--demo";

    private const string DataDirectory = "data-demo";

    /// <exception cref="StartupException">A cluster is configured, whose data is nobody's to invent.</exception>
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder, string[] args)
    {
        var isOn = args.Contains(Switch);
        builder.Services.AddSingleton(new DemoMode(isOn));
        if (!isOn)
        {
            return builder;
        }

        if (builder.Configuration.NamesCluster())
        {
            throw new StartupException($"{Switch} invents data, and a cluster is configured. Start it without the connection strings.");
        }

        // Below every other source, so that Storage:DataDirectory still says where.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?> { ["Storage:DataDirectory"] = DataDirectory },
        });
        builder.Services.AddSingleton<DemoSite>();
        builder.Services.AddSingleton<DemoHistory>();
        builder.Services.AddHostedService<DemoTraffic>();
        return builder;
    }
}
