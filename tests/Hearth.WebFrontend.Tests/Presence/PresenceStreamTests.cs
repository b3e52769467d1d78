using Hearth.GrainInterfaces.Presence;
using Hearth.WebFrontend.Presence;

namespace Hearth.WebFrontend.Tests.Presence;

public sealed class PresenceStreamTests
{
    private readonly PresenceStream _stream = new(users: null, actual: false);
    private long _sequence;

    [Fact]
    public void Changes_that_nobody_read_become_the_latest_state()
    {
        Change("ada", false, true);
        Change("grace", false, true);
        Change("ada", true, false);
        Change("ada", false, true);

        Assert.Equal([("grace", true, 2L), ("ada", true, 4L)], Take());
    }

    [Fact]
    public void Changes_that_cancel_out_are_not_told()
    {
        Change("ada", false, true);
        Assert.Equal([("ada", true, 1L)], Take());

        Change("ada", true, false);
        Change("ada", false, true);

        Assert.Empty(Take());
    }

    [Fact]
    public void A_change_that_the_told_state_includes_is_dropped()
    {
        Change("ada", false, true);
        _stream.Told([State("ada", online: true, revision: 3)]);
        Change("ada", true, false);
        Change("ada", false, true);
        Assert.Empty(Take());

        Change("ada", true, false);
        Assert.Equal([("ada", false, 4L)], Take());
    }

    [Fact]
    public void A_replayed_state_is_told_although_the_reader_may_know_it()
    {
        _stream.Replay(new HubChange(1, State("ada", false, 1), State("ada", true, 1)));
        _stream.Replay(new HubChange(2, State("ada", true, 2), State("ada", false, 2)));

        Assert.Equal([("ada", false, 2L)], Take());
    }

    [Fact]
    public void Hiding_is_a_sign_out_to_everybody_and_nothing_to_who_sees_the_truth()
    {
        var actual = new PresenceStream(users: null, actual: true);
        var hides = new HubChange(1, State("ada", true, 1), State("ada", true, 1) with { Visible = false, LastActionAt = DateTimeOffset.UnixEpoch });
        _stream.Offer(hides);
        actual.Offer(hides);

        Assert.Null(Assert.Single(_stream.Take()).State.LastActionAt);
        Assert.Empty(actual.Take());
    }

    [Fact]
    public void A_reader_too_far_behind_is_cut_off_and_nothing_is_kept_for_it()
    {
        for (var user = 0; user <= PresenceStream.MaxPending; user++)
        {
            Change($"user-{user}", false, true);
        }

        Assert.True(_stream.IsCutOff);
        Assert.Empty(Take());
        Assert.True(_stream.WaitForChange().IsCompleted);
    }

    [Fact]
    public void History_resumes_within_its_bounds_and_not_beyond()
    {
        var history = new HubHistory(capacity: 2);
        var start = history.EventId(history.Sequence);
        Assert.Empty(history.After(start)!);

        var changes = Enumerable.Range(0, 3).Select(i => history.Add(State("ada", i % 2 == 1, i), State("ada", i % 2 == 0, i))).ToList();

        Assert.Null(history.After(start));
        Assert.Equal(changes[1..], history.After(history.EventId(changes[0].Sequence)));
        Assert.Null(history.After(history.EventId(0)));
        Assert.Null(history.After(history.EventId(changes[2].Sequence + 1)));
        Assert.Null(history.After(new HubHistory().EventId(changes[2].Sequence)));
        Assert.Null(history.After("junk"));
        Assert.Null(history.After(null));
    }

    [Fact]
    public void A_snapshot_yields_only_real_differences()
    {
        var replica = new PresenceReplica(1);
        var first = replica.Apply(0, Snapshot(State("stays", true, 1), State("leaves", true, 2))).ToList();

        var second = replica.Apply(0, Snapshot(State("stays", true, 5), State("comes", true, 6))).ToList();

        Assert.Equal(2, first.Count);
        Assert.Equal([("leaves", false), ("comes", true)], second.Select(change => (change.After.User, change.After.Online)));
    }

    private static PresenceChanges Snapshot(params PresenceState[] states) => new(new ChangeCursor(Guid.NewGuid(), 9), true, [.. states]);

    private static PresenceState State(string user, bool online, long revision) => new(user, online, DateTimeOffset.UnixEpoch, true, revision);

    private void Change(string user, bool before, bool after)
    {
        _sequence++;
        _stream.Offer(new HubChange(_sequence, State(user, before, _sequence), State(user, after, _sequence)));
    }

    private IEnumerable<(string User, bool Online, long Sequence)> Take() =>
        _stream.Take().Select(presence => (presence.State.User, presence.State.Online, presence.Sequence));
}
