using System.Reflection;
using Hearth.Silo.Clustering;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Grains.Tests.Clustering;

/// <summary>A silo whose process stood still, as a paused one does, asks whether it is still a member before it answers.</summary>
public sealed class StandstillGuardTests : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("session", "one");
    private static readonly GrainId Partition = GrainId.Create("sys.svc.directory", "one");

    private readonly FakeTimeProvider _time = new();
    private readonly IClusterMembershipService _membership = DispatchProxy.Create<IClusterMembershipService, Recorder>();
    private readonly StandstillGuard _guard;

    public StandstillGuardTests() => _guard = new StandstillGuard(_membership, _time, NullLogger<StandstillGuard>.Instance);

    private Recorder Membership => (Recorder)(object)_membership;

    public async ValueTask InitializeAsync() => await _guard.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _guard.StopAsync(CancellationToken.None);
        _guard.Dispose();
    }

    [Fact]
    public async Task A_silo_whose_start_takes_long_answers()
    {
        using var guard = new StandstillGuard(_membership, _time, NullLogger<StandstillGuard>.Instance);

        _time.Advance(StandstillGuard.Limit * 2);

        Assert.True(await IsServed(Grain, by: guard));
    }

    [Fact]
    public async Task A_short_standstill_is_nobody_s_concern()
    {
        _time.Advance(StandstillGuard.Limit);

        Assert.True(await IsServed(Grain));
        Assert.Equal(0, Membership.Calls);
    }

    [Fact]
    public async Task A_call_after_a_standstill_is_turned_away_before_any_beat()
    {
        var membership = new TaskCompletionSource();
        Membership.Answer = () => membership.Task;

        _time.Advance(StandstillGuard.Limit + StandstillGuard.BeatPeriod);

        Assert.False(await IsServed(Grain));
        Assert.True(await IsServed(Partition), "The cluster's own calls go on.");
        Assert.True(await IsServed(Grain, source: Grain), "A timer's callback is lost for ever where it is turned away.");
        await Eventually.Get(CallsAfterABeat, calls => calls == 1, "A look at the membership");
        Assert.False(await IsServed(Grain));

        membership.SetResult();
        await Eventually.Get(() => IsServed(Grain), isServed => isServed, "Serving again");
    }

    [Fact]
    public async Task While_the_membership_cannot_be_read_calls_are_turned_away()
    {
        Membership.Answer = () => Task.FromException(new InvalidOperationException("Redis is away."));
        _time.Advance(StandstillGuard.Limit * 2);
        await Eventually.Get(CallsAfterABeat, calls => calls > 1, "A second look at the membership");
        Assert.False(await IsServed(Grain));

        Membership.Answer = () => Task.CompletedTask;
        await Eventually.Get(CallsAfterABeat, calls => calls > 2, "A third look at the membership");
        await Eventually.Get(() => IsServed(Grain), isServed => isServed, "Serving again");
    }

    private Task<int> CallsAfterABeat()
    {
        _time.Advance(StandstillGuard.BeatPeriod);
        return Task.FromResult(Membership.Calls);
    }

    private async Task<bool> IsServed(GrainId target, GrainId? source = null, StandstillGuard? by = null)
    {
        var context = DispatchProxy.Create<IIncomingGrainCallContext, Recorder>();
        var call = (Recorder)(object)context;
        (call.Target, call.Source) = (target, source);
        try
        {
            await (by ?? _guard).Invoke(context);
        }
        catch (SiloUnavailableException)
        {
            return false;
        }

        return call.Calls == 1;
    }

    /// <summary>A context of a call, or the membership: counts what is awaited of it.</summary>
    public class Recorder : DispatchProxy
    {
        public int Calls { get; private set; }

        public GrainId Target { get; set; }

        public GrainId? Source { get; set; }

        public Func<Task> Answer { get; set; } = () => Task.CompletedTask;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.ReturnType == typeof(GrainId) || targetMethod.ReturnType == typeof(GrainId?))
            {
                return targetMethod.Name == "get_TargetId" ? Target : Source;
            }

            Calls++;
            return targetMethod.ReturnType == typeof(Task) ? Task.CompletedTask : new ValueTask(Answer());
        }
    }
}
