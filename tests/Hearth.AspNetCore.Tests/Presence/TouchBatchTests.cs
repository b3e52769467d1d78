using System.Collections.Immutable;
using Hearth.AspNetCore.Presence;
using Hearth.GrainInterfaces.Presence;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.AspNetCore.Tests.Presence;

public sealed class TouchBatchTests
{
    private readonly List<(ImmutableArray<UserTouch> Touches, TaskCompletionSource<ImmutableArray<TouchResult>> Answer)> _calls = [];
    private readonly FakeTimeProvider _time = new();
    private readonly TouchBatch _batch;

    public TouchBatchTests() => _batch = new TouchBatch(Called, _time);

    [Fact]
    public async Task While_a_call_is_under_way_actions_gather_and_go_together()
    {
        var first = Send("ada");
        Task<TouchResult>[] gathered = [Send("grace"), Send("linus"), Send("grace")];
        Assert.Equal(["ada"], Users(call: 0));

        Answer(call: 0, [TouchResult.Accepted]);
        Assert.Equal(TouchResult.Accepted, await first);
        Assert.Equal(["grace", "linus", "grace"], Users(call: 1));

        Answer(call: 1, [TouchResult.Accepted, TouchResult.TooManyDevices, TouchResult.Outdated]);
        Assert.Equal([TouchResult.Accepted, TouchResult.TooManyDevices, TouchResult.Outdated], await Task.WhenAll(gathered));
    }

    [Fact]
    public async Task A_call_that_fails_fails_its_actions_and_those_that_wait_behind_it_and_no_later_ones()
    {
        var first = Send("ada");
        var second = Send("grace");

        _calls[0].Answer.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);

        var third = Send("linus");
        Assert.Equal(["linus"], Users(call: 1));
        Answer(call: 1, [TouchResult.Accepted]);
        Assert.Equal(TouchResult.Accepted, await third);
    }

    [Fact]
    public async Task Who_has_waited_long_for_a_slow_call_is_not_made_to_wait_for_another()
    {
        var first = Send("ada");
        var second = Send("grace");
        _time.Advance(TimeSpan.FromSeconds(3));
        var third = Send("linus");

        Answer(call: 0, [TouchResult.Accepted]);
        Assert.Equal(TouchResult.Accepted, await first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        Assert.Equal(["linus"], Users(call: 1));

        Answer(call: 1, [TouchResult.Accepted]);
        Assert.Equal(TouchResult.Accepted, await third);
    }

    private Task<TouchResult> Send(string user) => _batch.Send(new UserTouch(user, "", TimeSpan.Zero));

    private IEnumerable<string> Users(int call) => _calls[call].Touches.Select(touch => touch.User);

    private void Answer(int call, ImmutableArray<TouchResult> results) => _calls[call].Answer.SetResult(results);

    /// <summary>Continuations run within SetResult, so that the next call is made when that returns.</summary>
    private ValueTask<ImmutableArray<TouchResult>> Called(ImmutableArray<UserTouch> touches)
    {
        var answer = new TaskCompletionSource<ImmutableArray<TouchResult>>();
        _calls.Add((touches, answer));
        return new(answer.Task);
    }
}
