using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Hearth.Grains.Tests.Views;

/// <summary>A page as <see cref="PageGrain"/> schedules it, its stored state real bytes, that fails when told to.</summary>
internal sealed class ModelPage(string id, ModelDatabase database, ModelStateStore store, ViewLimits limits)
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private byte[]? _stored;
    private PageState _state = new();
    private PageCounts? _counts;

    /// <summary>What every call does until told otherwise.</summary>
    public Fault Fault { get; set; }

    private PageCounts Counts => _counts ??= Activate();

    public void LoseActivation() => _counts = null;

    public void DeleteState() => (_stored, _counts) = (null, null);

    public ValueTask<ApplyResult> Apply(int partition, long previousOffset, ImmutableArray<ViewEntry> entries) =>
        Run(() => Counts.Apply(partition, previousOffset, entries));

    public ValueTask<ApplyResult> Persist(int partition, long offset) => Run(() =>
    {
        if (Counts.AppliedIn(partition) < offset)
        {
            return ApplyResult.Behind;
        }

        if (Counts.PersistedIn(partition) < offset)
        {
            Merge();
            Write();
        }

        return ApplyResult.Done;
    });

    public ValueTask<UnflushedRows> ReadUnflushed() => Run(() =>
    {
        database.ThrowIfDown();
        Merge();
        if (Counts.HasUnpersistedMerge)
        {
            Write();
        }

        return Counts.Unflushed();
    });

    public async ValueTask Flushed(ImmutableArray<FlushMark> marks) => await Run(() =>
    {
        Counts.Flushed(marks, ViewWorld.FirstHotDay);
        return 0;
    });

    public (long Views, long Visitors) ReadTotals()
    {
        Merge();
        return (Counts.Views(traffic: null), Counts.Visitors(Traffic.Human));
    }

    public void Forget(IEnumerable<(int Partition, long Offset)> lastOffsets)
    {
        Counts.Forget(lastOffsets);
        Write();
    }

    private PageCounts Activate()
    {
        store.ThrowIfUnreadable();
        _state = _stored is null ? new PageState() : Serializer.Deserialize<PageState>(_stored)!;
        var counts = new PageCounts(_state, limits);
        counts.MarkPersisted();
        return counts;
    }

    private void Write()
    {
        if (store.RefusesWrites)
        {
            LoseActivation();
            throw new StoreUnavailableException($"The state of the page {id} could not be written.");
        }

        _stored = Serializer.SerializeToArray(_state);
        Counts.MarkPersisted();
    }

    private void Merge()
    {
        if (!database.IsDown && Counts.NeedsBase)
        {
            Counts.Merge(database.ReadBase(id, Counts.UnmergedDays));
        }
    }

    /// <summary>After a call that failed the activation is given up, as after a failed write.</summary>
    private ValueTask<T> Run<T>(Func<T> work)
    {
        if (Fault == Fault.Refuses)
        {
            throw new StoreUnavailableException($"The page {id} refused.");
        }

        var result = work();
        if (Fault == Fault.LosesAnswer)
        {
            LoseActivation();
            throw new StoreUnavailableException($"The answer of the page {id} was lost.");
        }

        return new(result);
    }
}
