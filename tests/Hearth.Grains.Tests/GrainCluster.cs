using System.Collections.Concurrent;
using Hearth.Grains.Caching;
using Hearth.Grains.Categories;
using Hearth.Grains.Presence;
using Hearth.Grains.Sessions;
using Hearth.Grains.Tests.Sessions;
using Hearth.Grains.Tests.Views;
using Hearth.Grains.Views;
using Hearth.Model.Sessions;
using Hearth.Model.Storage;
using Hearth.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Hearth.Grains.Tests;

/// <summary>
/// One silo in this process with the real embedded stores in a temporary folder. Grains and stores see
/// <see cref="Time"/>; Orleans' own loops stay on the real clock.
/// </summary>
public sealed class GrainCluster : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-grains-");
    private InProcessTestCluster _cluster = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>How the stored state of a grain fails, by the grain's key.</summary>
    internal ConcurrentDictionary<string, Fault> StateFaults { get; } = [];

    /// <summary>What happens while a session is changed, by its key.</summary>
    internal ConcurrentDictionary<string, Func<ISessionStore, Task>> SessionInterruptions { get; } = [];

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The silo's own services, such as the stores.</summary>
    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = StorageNames.ServiceId;
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _folder.FullName)]);
            host.Services.AddSingleton<TimeProvider>(Time);
            host.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            host.AddStorage();
            var stored = host.Services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, StorageNames.GrainState));
            host.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.GrainState, (services, key) =>
                new FaultyGrainStorage((IGrainStorage)stored.KeyedImplementationFactory!(services, key), StateFaults));
            var sessions = host.Services.Last(service => service.ServiceType == typeof(ISessionStore));
            host.Services.AddSingleton<ISessionStore>(services =>
                new InterruptedSessionStore((ISessionStore)sessions.ImplementationFactory!(services), SessionInterruptions));
            host.AddViews();
            host.AddPresence();
            host.AddCategories();
            host.AddSessions();
            host.AddCaching();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
