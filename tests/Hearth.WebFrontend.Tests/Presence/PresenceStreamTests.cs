using Hearth.GrainInterfaces.Presence;
using Hearth.WebFrontend.Presence;

namespace Hearth.WebFrontend.Tests.Presence;

public sealed class PresenceStreamTests
{
    private readonly HubHistory _history = new();
    private readonly Dictionary<string, PresenceState> _now = [];
    private readonly PresenceStream _stream;

    public PresenceStreamTests() => _stream = Open();

    [Fact]
    public void A_reader_who_keeps_up_is_told_each_change()
    {
        Change("ada", true);
        Change("grace", true);
        Change("ada", false);
        Change("ada", true);

        Assert.Equal(["ada on", "grace on", "ada off", "ada on"], Told(_stream.Take()));
        Assert.Empty(_stream.Take());
    }

    [Fact]
    public void A_reader_who_does_not_is_told_the_latest_state_and_nothing_that_cancels_out()
    {
        Change("grace", true);
        for (var i = 0; i < PresenceStream.MaxQueued; i++)
        {
            Change("ada", i % 2 == 0);
            Change("linus", i % 2 == 0);
        }

        Change("ada", true);

        Assert.Equal(["grace on", "ada on"], Told(_stream.Take()));
        Change("ada", false);
        Assert.Equal(["ada off"], Told(_stream.Take()));
    }

    [Fact]
    public void The_first_states_include_what_was_offered_before_and_the_reader_goes_on_from_there()
    {
        var ada = Change("ada", true);
        Change("grace", true);
        Change("grace", false);

        var first = _stream.Begin([ada.After, State("grace", online: true, revision: 2), State("linus", online: false, revision: 3)], _history.Sequence);

        Assert.Equal(["ada on", "grace off", "linus off"], Told(first));
        Assert.Empty(_stream.Take());
        Change("ada", false);
        Assert.Equal(["ada off"], Told(_stream.Take()));
    }

    [Fact]
    public void Whoever_loses_the_connection_among_the_first_states_starts_over_and_after_them_resumes()
    {
        var ids = _stream.Begin([State("ada", online: true, revision: 1), State("grace", online: false, revision: 1)], _history.Sequence).Select(told => told.Id).ToList();

        Assert.Null(_history.After(_stream.PositionOf(ids[0])));
        Assert.Empty(_history.After(_stream.PositionOf(ids[1]))!);
    }

    [Fact]
    public void Whatever_a_reader_has_read_when_the_connection_breaks_events_of_a_user_alternate_and_end_with_the_truth()
    {
        var random = new Random(3);
        var known = new Dictionary<string, bool>();
        var (stream, lastId, whole) = (_stream, (string?)null, 0);
        for (var round = 0; round < 400; round++)
        {
            for (var change = random.Next(2 * PresenceStream.MaxQueued); change > 0; change--)
            {
                var user = $"user-{random.Next(round % 3 == 0 ? 400 : 8)}";
                Change(user, !_now.TryGetValue(user, out var before) || !before.Online, stream);
            }

            var events = stream.Take();
            var read = random.Next(3) > 0 ? events.Count : random.Next(events.Count + 1);
            foreach (var told in events.Take(read))
            {
                Assert.NotEqual(known.GetValueOrDefault(told.State.User), told.State.Online);
                (known[told.State.User], lastId) = (told.State.Online, told.Id);
            }

            if (read < events.Count)
            {
                (stream, whole, known) = Reconnect(lastId, whole, known);
            }
            else
            {
                Assert.All(_now.Values, state => Assert.Equal(state.Online, known.GetValueOrDefault(state.User)));
            }
        }

        Assert.InRange(whole, 0, 40);
    }

    [Fact]
    public void Hiding_is_a_sign_out_to_everybody_and_nothing_to_who_sees_the_truth()
    {
        var actual = new PresenceStream(_history.Name, users: null, actual: true);
        var hides = new HubChange(2, State("ada", true, 1), State("ada", true, 2) with { Visible = false });
        _stream.Offer(hides);
        actual.Offer(hides);

        Assert.Null(Assert.Single(_stream.Take()).State.LastActionAt);
        Assert.Empty(actual.Take());
    }

    [Fact]
    public void A_reader_too_far_behind_is_cut_off_and_nothing_is_kept_for_it()
    {
        for (var user = 0; user <= PresenceStream.MaxUsers; user++)
        {
            Change($"user-{user}", true);
        }

        Assert.True(_stream.IsCutOff);
        Assert.Empty(_stream.Take());
        Assert.True(_stream.WaitForChange().IsCompleted);
    }

    [Fact]
    public void An_event_id_is_of_one_list_of_users_one_view_and_one_process()
    {
        Change("ada", true);
        var id = Assert.Single(_stream.Take()).Id;

        Assert.NotEqual(StreamPosition.None, Open().PositionOf(id));
        Assert.Equal(StreamPosition.None, new PresenceStream(_history.Name, ["ada"], actual: false).PositionOf(id));
        Assert.Equal(StreamPosition.None, new PresenceStream(_history.Name, null, actual: true).PositionOf(id));
        Assert.Equal(StreamPosition.None, new PresenceStream(new HubHistory().Name, null, actual: false).PositionOf(id));
        foreach (var odd in new[] { null, "", "-", "junk", id + "-1", id + "x", id.Replace('-', '_'), $"{id.Split('-')[0]}-9-8-9", $"{id.Split('-')[0]}--1" })
        {
            Assert.Equal(StreamPosition.None, Open().PositionOf(odd));
        }
    }

    [Fact]
    public void History_resumes_within_its_bounds_and_not_beyond()
    {
        var history = new HubHistory(capacity: 2);
        var start = StreamPosition.At(history.Sequence);
        Assert.Empty(history.After(start)!);

        var changes = Enumerable.Range(0, 3).Select(i => history.Add(State("ada", i % 2 == 1, i), State("ada", i % 2 == 0, i))).ToList();

        Assert.Null(history.After(start));
        Assert.Equal(changes[1..], history.After(StreamPosition.At(changes[0].Sequence)));
        Assert.Null(history.After(StreamPosition.None));
        Assert.Null(history.After(StreamPosition.At(changes[2].Sequence + 1)));
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

    private static IEnumerable<string> Told(IEnumerable<PresenceEvent> events) => events.Select(told => $"{told.State.User} {(told.State.Online ? "on" : "off")}");

    private PresenceStream Open() => new(_history.Name, users: null, actual: false);

    /// <summary>As a front end does it: where the reader was if that is known, and otherwise with who is online.</summary>
    private (PresenceStream Stream, int Whole, Dictionary<string, bool> Known) Reconnect(string? lastId, int whole, Dictionary<string, bool> known)
    {
        var stream = Open();
        var position = stream.PositionOf(lastId);
        if (_history.After(position) is { } missed)
        {
            stream.Resume(position, [.. missed]);
            return (stream, whole, known);
        }

        var first = stream.Begin([.. _now.Values], _history.Sequence);
        return (stream, whole + 1, first.ToDictionary(told => told.State.User, told => told.State.Online));
    }

    private HubChange Change(string user, bool online, PresenceStream? stream = null)
    {
        var before = _now.TryGetValue(user, out var known) ? known : State(user, false, 0);
        var change = _history.Add(before, _now[user] = State(user, online, _history.Sequence));
        (stream ?? _stream).Offer(change);
        return change;
    }
}
