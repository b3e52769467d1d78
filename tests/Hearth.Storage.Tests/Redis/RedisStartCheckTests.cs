using System.Collections.Concurrent;
using Hearth.Storage.Redis;
using Hearth.TestServers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Tests.Redis;

public sealed class RedisStartCheckTests
{
    [Fact]
    public void Safe_settings_are_passed_over() =>
        Assert.Empty(RedisRisks.Find("# Server\r\nredis_version:7.0.15\r\n\r\naof_enabled:1\r\nmaxmemory_policy:noeviction\r\n", "always"));

    [Fact]
    public void Without_leave_to_ask_for_appendfsync_it_is_not_guessed() =>
        Assert.Empty(RedisRisks.Find("redis_version:7.0.15\naof_enabled:1\nmaxmemory_policy:noeviction", fsync: null));

    [Fact]
    public void What_an_odd_server_does_not_tell_is_a_risk() => Assert.Equal(3, RedisRisks.Find("", null).Count());

    [Theory]
    [InlineData("6.2.7")]
    [InlineData("odd")]
    public void An_old_version_is_named(string version) => Assert.Contains(
        version, Assert.Single(RedisRisks.Find($"redis_version:{version}\naof_enabled:1\nmaxmemory_policy:noeviction", "always")), StringComparison.Ordinal);

    [Fact]
    public async Task Each_dangerous_setting_of_a_server_is_warned_of_by_name()
    {
        var warnings = await Check("--appendonly", "no", "--maxmemory-policy", "allkeys-lru");

        Assert.Equal(2, warnings.Count);
        Assert.Contains(warnings, warning => warning.Contains("appendonly is no", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("maxmemory-policy is allkeys-lru", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_lags_behind_what_was_acknowledged_is_warned_of_by_name() =>
        Assert.Contains("appendfsync is everysec", Assert.Single(await Check()), StringComparison.Ordinal);

    [Fact]
    public async Task A_safe_server_is_not_warned_of() => Assert.Empty(await Check("--appendfsync", "always"));

    private static async Task<IReadOnlyCollection<string>> Check(params string[] settings)
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.Start(settings);
        using var client = new RedisClient(Options.Create(new ConnectionStringsOptions { Redis = server.ConnectionString }));
        var logger = new Warnings();
        using var check = new RedisStartCheck(client, TimeProvider.System, logger);
        await check.StartAsync(CancellationToken.None);
        await check.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        return logger.Messages;
    }

    private sealed class Warnings : ILogger<RedisStartCheck>
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));
    }
}
