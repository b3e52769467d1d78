using Orleans.Storage;

namespace Hearth.Storage.Tests.GrainState;

/// <summary>What every store of grain state does. The state is a list, which serializes as any state does.</summary>
public abstract class GrainStateContract
{
    private const string Name = "state";

    private readonly GrainId _grain = GrainId.Create("kind", $"é/{Guid.NewGuid():N}");

    protected abstract IGrainStorage Store { get; }

    [Fact]
    public async Task A_grain_without_state_starts_empty()
    {
        var state = await Read();

        Assert.Equal((false, null), (state.RecordExists, state.ETag));
        Assert.Empty(state.State!);
    }

    [Fact]
    public async Task State_is_read_back_as_it_was_last_written()
    {
        var state = await Read();
        state.State!.Add("1");
        await Store.WriteStateAsync(Name, _grain, state);
        state.State!.Add("🔥\0");
        await Store.WriteStateAsync(Name, _grain, state);

        var read = await Read();

        Assert.Equal(["1", "🔥\0"], read.State);
        Assert.Equal((true, state.ETag), (read.RecordExists, read.ETag));
    }

    [Fact]
    public async Task A_second_activation_that_has_not_read_the_latest_state_is_refused()
    {
        var (first, second) = (await Read(), await Read());
        await Store.WriteStateAsync(Name, _grain, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Store.WriteStateAsync(Name, _grain, second));
        var stale = await Read();
        await Store.WriteStateAsync(Name, _grain, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Store.WriteStateAsync(Name, _grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Store.ClearStateAsync(Name, _grain, stale));
    }

    [Fact]
    public async Task Cleared_state_is_gone_and_may_be_written_again()
    {
        var state = await Read();
        state.State!.Add("1");
        await Store.WriteStateAsync(Name, _grain, state);
        await Store.ClearStateAsync(Name, _grain, state);

        Assert.False((await Read()).RecordExists);
        Assert.Empty(state.State!);
        await Store.WriteStateAsync(Name, _grain, state);
        Assert.True((await Read()).RecordExists);
    }

    private async Task<GrainState<List<string>>> Read()
    {
        var state = new GrainState<List<string>>();
        await Store.ReadStateAsync(Name, _grain, state);
        return state;
    }
}
