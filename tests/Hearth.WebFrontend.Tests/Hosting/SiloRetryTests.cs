using Hearth.Model.Storage;
using Hearth.WebFrontend.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.WebFrontend.Tests.Hosting;

public sealed class SiloRetryTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private int _calls;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task An_idempotent_request_that_a_silo_turned_away_is_tried_again(string method) =>
        Assert.Equal("done", await Run(method, () => _calls < 3 ? throw new SiloUnavailableException() : "done"));

    [Fact]
    public async Task A_request_that_may_do_something_twice_is_not()
    {
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run("POST", () => throw new SiloUnavailableException()));

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task An_endpoint_can_say_that_it_is_repeatable() =>
        Assert.Equal("done", await Run("POST", () => _calls < 2 ? throw new SiloUnavailableException() : "done", Repeatable.Instance));

    [Fact]
    public async Task It_gives_up_in_time_for_the_last_try_to_end_within_ten_seconds()
    {
        var started = _time.GetTimestamp();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run("GET", () => throw new SiloUnavailableException()));

        Assert.InRange(_time.GetElapsedTime(started), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.InRange(_calls, 4, 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task A_call_without_an_answer_ends_nine_seconds_after_the_request_began(int before)
    {
        var context = new DefaultHttpContext();
        context.SetStart(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(before));
        var call = new SiloRetry(_time).InvokeAsync(EndpointFilterInvocationContext.Create(context), _ => new(new TaskCompletionSource<object?>().Task)).AsTask();

        _time.Advance(TimeSpan.FromSeconds(8.9 - before));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task What_may_take_long_is_waited_for()
    {
        var answer = new TaskCompletionSource<object?>();
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(LongRunning.Instance), null));
        var call = new SiloRetry(_time).InvokeAsync(EndpointFilterInvocationContext.Create(context), _ => new(answer.Task)).AsTask();

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(call.IsCompleted);
        answer.SetResult("done");

        Assert.Equal("done", await call);
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(StoreUnavailableException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task Other_failures_are_left_alone(Type failure)
    {
        await Assert.ThrowsAsync(failure, () => Run("GET", () => throw (Exception)Activator.CreateInstance(failure)!));

        Assert.Equal(1, _calls);
    }

    private async Task<object?> Run(string method, Func<object?> handler, params object[] metadata)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));
        var running = new SiloRetry(_time).InvokeAsync(EndpointFilterInvocationContext.Create(context), Call).AsTask();
        while (!running.IsCompleted)
        {
            _time.Advance(Step);
            await Task.Yield();
        }

        return await running;

        ValueTask<object?> Call(EndpointFilterInvocationContext _)
        {
            _calls++;
            return ValueTask.FromResult(handler());
        }
    }
}
