using Hearth.Model.Sessions;
using Hearth.Model.Views;
using Hearth.Storage.Redis.Sessions;
using Hearth.Storage.Redis.Views;
using Hearth.Storage.Sqlite.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests;

public sealed class StorageExtensionsTests
{
    [Theory]
    [InlineData("Redis", "localhost:1", "ConnectionStrings:Postgres")]
    [InlineData("Postgres", "Host=localhost", "ConnectionStrings:Redis")]
    public void One_connection_string_without_the_other_is_refused_by_name(string set, string value, string missing)
    {
        using var host = Build(($"ConnectionStrings:{set}", value));

        var exception = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<ConnectionStringsOptions>>().Value);

        Assert.Contains($"{missing} is missing", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:1,oddity=yes")]
    [InlineData("allowAdmin=true")]
    [InlineData("localhost:1,connectTimeout=soon")]
    public void A_connection_string_that_cannot_be_read_is_refused_by_name(string redis)
    {
        using var host = Build(("ConnectionStrings:Redis", redis), ("ConnectionStrings:Postgres", "Host=localhost"));

        var exception = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<ConnectionStringsOptions>>().Value);

        Assert.Contains("ConnectionStrings:Redis", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_connection_strings_choose_the_cluster_and_none_the_embedded_stores()
    {
        using var cluster = Build(("ConnectionStrings:Redis", "localhost:1"), ("ConnectionStrings:Postgres", "Host=localhost"));
        Assert.IsType<RedisViewLog>(cluster.Services.GetRequiredService<IViewLog>());
        Assert.IsType<RedisSessionStore>(cluster.Services.GetRequiredService<ISessionStore>());

        var folder = Directory.CreateTempSubdirectory("hearth-storage-");
        using (var embedded = Build(("Storage:DataDirectory", folder.FullName), ("ConnectionStrings:Redis", " ")))
        {
            Assert.IsType<SqliteViewLog>(embedded.Services.GetRequiredService<IViewLog>());
        }

        folder.Delete(recursive: true);
    }

    private static IHost Build(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddStorage();
        return builder.Build();
    }
}
