using Hearth.Storage.Sqlite;
using Hearth.Storage.Tests.GrainState;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace Hearth.Storage.Tests.Sqlite.GrainState;

public sealed class SqliteGrainStorageTests : GrainStateContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    protected override IGrainStorage Store => new SqliteGrainStorage(
        _directory.Data, new OrleansGrainStorageSerializer(_services.GetRequiredService<Serializer>()));

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }
}
