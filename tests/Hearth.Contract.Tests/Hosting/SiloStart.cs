using System.Text;

namespace Hearth.Contract.Tests.Hosting;

public sealed class SiloStart
{
    [Theory]
    [InlineData(null, "ConnectionStrings:Redis and ConnectionStrings:Postgres")]
    [InlineData("ConnectionStrings:Redis", "ConnectionStrings:Postgres is missing")]
    [InlineData("ConnectionStrings:Postgres", "ConnectionStrings:Redis is missing")]
    public async Task Without_both_connection_strings_a_silo_refuses_and_names_the_missing_one(string? set, string named)
    {
        var folder = Directory.CreateTempSubdirectory("hearth-silo-");
        var output = new StringBuilder();
        using var process = new HearthProcess("Hearth.Silo", folder.FullName, set is null ? [] : [(set, "127.0.0.1:1")], output);

        Assert.Equal(1, await process.UntilExit());
        Assert.Contains(named, output.ToString(), StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }
}
