using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Hearth.Storage.KeyRing;

/// <summary>The keys that protect cookies, shared by all front ends of a site.</summary>
public static class SharedKeyRingExtensions
{
    private const string RedisList = "hearth/key-ring";
    private const string Folder = "keys";

    /// <summary>Keeps ASP.NET's data protection keys in Redis, or in the data directory where everything is embedded.</summary>
    public static IHostApplicationBuilder AddSharedKeyRing(this IHostApplicationBuilder builder)
    {
        // By default keys are bound to the folder that the program lies in, which may differ from machine to machine.
        builder.Services.AddDataProtection().SetApplicationName(builder.Environment.ApplicationName);
        var isCluster = builder.Configuration.NamesCluster();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>(
            (keys, services) => keys.XmlRepository = isCluster ? InRedis(services) : InFiles(services));
        return builder;
    }

    private static RedisXmlRepository InRedis(IServiceProvider services) =>
        new(() => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase(), RedisList);

    private static FileSystemXmlRepository InFiles(IServiceProvider services)
    {
        var path = Path.Combine(services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, Folder);
        var folder = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new FileSystemXmlRepository(folder, services.GetRequiredService<ILoggerFactory>());
    }
}
