using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Model.Clocks;
using Hearth.Model.Presence;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Presence;

/// <summary>
/// The roster in <c>state.db</c>, group committed. Entries age by this machine's clock. Only this process opens the file,
/// so who has taken a bucket over is remembered in memory alone.
/// </summary>
internal sealed class SqlitePresenceRoster(DataDirectory data, SteadyClock time) : IPresenceRoster
{
    /// <summary>The epoch of each bucket's owner. Only the file's writer thread uses it, so that it changes between writes.</summary>
    private readonly long[] _epochs = new long[PresenceBuckets.Count];

    public Task<long> TakeOver(int first, int last) => data.State.Write(_ =>
    {
        var buckets = _epochs.AsSpan(first, last - first + 1);
        var epoch = time.GetUtcNow().UtcTicks;
        foreach (var before in buckets)
        {
            epoch = Math.Max(epoch, before + 1);
        }

        buckets.Fill(epoch);
        return epoch;
    });

    public async Task<IReadOnlyList<RosterEntry>> Load(int first, int last)
    {
        var now = time.GetUtcNow();
        return await data.State.Read(session => session.Query(
            "SELECT user_id, last_action_at, visible, devices, revision FROM presence_roster WHERE bucket BETWEEN $1 AND $2",
            row => Map(row, now), (long)first, (long)last));
    }

    public Task Put(RosterEntry entry, long epoch)
    {
        var bucket = PresenceBuckets.Of(entry.User);
        var now = time.GetUtcNow();
        var devices = JsonSerializer.Serialize(entry.Devices.ToDictionary(device => device.Name, device => (now - device.Age).ToSqlite()));
        return data.State.Write(session =>
        {
            Check(bucket, epoch);
            return session.Execute(
                """
                INSERT INTO presence_roster (bucket, user_id, revision, last_action_at, visible, devices) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT DO UPDATE SET revision = excluded.revision, last_action_at = excluded.last_action_at,
                    visible = excluded.visible, devices = excluded.devices
                WHERE excluded.revision > revision
                """,
                bucket, entry.User, entry.Revision, entry.LastActionAt?.ToUnixTimeMilliseconds(), entry.Visible, devices);
        });
    }

    public async Task Remove(ImmutableArray<RosterEntry> entries, long epoch)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        await data.State.Write(session => entries.Sum(entry =>
        {
            var bucket = PresenceBuckets.Of(entry.User);
            Check(bucket, epoch);
            return session.Execute(
                "DELETE FROM presence_roster WHERE bucket = $1 AND user_id = $2 AND revision = $3", bucket, entry.User, entry.Revision);
        }));
    }

    /// <remarks>The clock may have been set back since the entry was stored; that makes nobody's action younger than now.</remarks>
    private static RosterEntry Map(SqliteDataReader row, DateTimeOffset now) => new(
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetInt64(1).ToTime(),
        row.GetBoolean(2),
        [.. JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(3))!
            .Select(device => new DeviceAction(device.Key, Age(device.Value.ToTime(), now)))],
        row.GetInt64(4));

    private static TimeSpan Age(DateTimeOffset actedAt, DateTimeOffset now) => now > actedAt ? now - actedAt : TimeSpan.Zero;

    private void Check(int bucket, long epoch)
    {
        if (_epochs[bucket] != epoch)
        {
            throw new RosterTakenOverException();
        }
    }
}
