using System.IO.Pipelines;
using Hearth.Silo.Clustering;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Grains.Tests.Clustering;

public sealed class GuardedTransportTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _wire = new();
    private readonly StandstillGuard _guard;

    public GuardedTransportTests() => _guard = new StandstillGuard(null!, _time, NullLogger<StandstillGuard>.Instance);

    public ValueTask InitializeAsync() => new(_guard.StartAsync(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_comes_while_the_process_runs_is_read()
    {
        var transport = Open();
        await Send();
        _time.Advance(StandstillGuard.Limit);

        var result = await transport.Input.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, result.Buffer.Length);
    }

    [Fact]
    public async Task What_waited_in_a_connection_during_a_standstill_is_not_read()
    {
        var transport = Open();
        await Send();
        _time.Advance(StandstillGuard.Limit * 2);

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => transport.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task A_connection_that_was_opened_afterwards_is_read()
    {
        _time.Advance(StandstillGuard.Limit * 2);
        var transport = Open();
        await Send();

        var result = await transport.Input.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, result.Buffer.Length);
    }

    private GuardedTransport Open() => new(new Wire(_wire.Reader, _wire.Writer), _guard);

    private async Task Send() => await _wire.Writer.WriteAsync(new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);

    private sealed record Wire(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
