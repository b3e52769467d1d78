using System.Net;

namespace Hearth.Contract.Tests.Hosting;

/// <summary>When the process starts, refuses to, and stops.</summary>
public sealed class EmbeddedStartAndStop
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    public async Task Without_a_key_it_listens_on_loopback_only_and_says_why(string address)
    {
        await using var server = EmbeddedServer.With(("ASPNETCORE_URLS", address));

        var (exitCode, output) = await server.RunToExit();

        Assert.Equal(1, exitCode);
        Assert.Contains("no key is configured", output, StringComparison.Ordinal);
        Assert.Contains("Keys:Admin", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_it_listens_on_any_address()
    {
        await using var server = await EmbeddedServer.Start(("ASPNETCORE_URLS", "http://0.0.0.0:0"), ("Keys:Admin:0", "admin-key"));

        using var response = await server.Client.GetAsync(new Uri($"http://127.0.0.1:{server.Client.BaseAddress!.Port}/health/live"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Keys:Admin:0", "two words", "Keys:Admin")]
    [InlineData("Storage:DataDirectory", "", "Storage:DataDirectory")]
    [InlineData("Silo:GatewayPort", "70000", "Silo:GatewayPort")]
    [InlineData("Views:HotDays", "many", "Views:HotDays")]
    [InlineData("Presence:OnlineTimeout", "00:00:00.5", "Presence:OnlineTimeout")]
    public async Task A_setting_out_of_range_stops_the_start_and_is_named(string key, string value, string named)
    {
        await using var server = EmbeddedServer.With((key, value));

        var (exitCode, output) = await server.RunToExit();

        Assert.Equal(1, exitCode);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_named()
    {
        await using var first = await EmbeddedServer.Start();
        var address = first.Client.BaseAddress!.ToString();
        await using var second = EmbeddedServer.With(("ASPNETCORE_URLS", address));

        var (exitCode, output) = await second.RunToExit();

        Assert.Equal(1, exitCode);
        Assert.Contains($"Hearth cannot start. Failed to bind to address {address.TrimEnd('/')}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_directory_is_refused()
    {
        await using var first = await EmbeddedServer.Start();
        await using var second = EmbeddedServer.With(("Storage:DataDirectory", first.DataDirectory));

        var (exitCode, output) = await second.RunToExit();

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another Hearth process", output, StringComparison.Ordinal);
        using var response = await first.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_corrupt_data_directory_is_refused_and_left_alone()
    {
        await using var server = EmbeddedServer.With();
        Directory.CreateDirectory(server.DataDirectory);
        var file = Path.Combine(server.DataDirectory, "site.db");
        await File.WriteAllTextAsync(file, "not a database");

        var (exitCode, output) = await server.RunToExit();

        Assert.Equal(1, exitCode);
        Assert.Contains("corrupt", output, StringComparison.Ordinal);
        Assert.Equal("not a database", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to()
    {
        await using var server = await EmbeddedServer.Start();

        await server.Stop();

        Assert.Contains("Application is shutting down", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_again_on_what_a_kill_left()
    {
        await using var server = await EmbeddedServer.Start();
        await server.Kill();

        await server.InitializeAsync();

        using var response = await server.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
