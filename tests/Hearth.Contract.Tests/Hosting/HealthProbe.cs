using System.Text;

namespace Hearth.Contract.Tests.Hosting;

/// <summary>The programs as a container's health check runs them.</summary>
[Collection(Embedded.Name)]
public sealed class HealthProbe(EmbeddedServer server)
{
    [Theory]
    [InlineData("Hearth.WebFrontend")]
    [InlineData("Hearth.Silo")]
    public async Task A_process_that_is_ready_is_healthy(string program)
    {
        var (exitCode, output) = await Ask(program, new Uri(server.Client.BaseAddress!, "/health/ready").ToString());

        Assert.Equal(0, exitCode);
        Assert.Contains("\"ready\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/status%FF")]
    public async Task An_answer_that_is_no_success_is_unhealthy(string path)
    {
        var (exitCode, _) = await Ask("Hearth.WebFrontend", new Uri(server.Client.BaseAddress!, path).ToString());

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task A_process_that_does_not_answer_is_unhealthy_and_the_address_is_told()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/health/ready";

        var (exitCode, output) = await Ask("Hearth.Silo", address);

        Assert.Equal(1, exitCode);
        Assert.Contains(address, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_is_unhealthy()
    {
        var (exitCode, output) = await Ask("Hearth.Silo", "health");

        Assert.Equal(1, exitCode);
        Assert.Contains("health:", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> Ask(string program, string address)
    {
        var output = new StringBuilder();
        using var process = new HearthProcess(program, Path.GetTempPath(), [], output, "--health", address);
        var exitCode = await process.UntilExit();
        return (exitCode, output.ToString());
    }
}
