using System.Collections.Immutable;
using System.Text.Json;
using Hearth.GrainInterfaces.Presence;
using Microsoft.Data.Sqlite;

namespace Hearth.Storage.Sqlite.Presence;

/// <summary>The roster in <c>state.db</c>, group committed.</summary>
internal sealed class SqlitePresenceRoster(DataDirectory data) : IPresenceRoster
{
    public async Task<IReadOnlyList<RosterEntry>> Load(int first, int last) => await data.State.Read(session => session.Query(
        "SELECT user_id, last_action_at, visible, devices, revision FROM presence_roster WHERE bucket BETWEEN $1 AND $2",
        Map, (long)first, (long)last));

    public Task Put(RosterEntry entry)
    {
        var devices = JsonSerializer.Serialize(entry.Devices.ToDictionary(device => device.Name, device => device.LastActionAt.ToUnixTimeMilliseconds()));
        return data.State.Write(session => session.Execute(
            """
            INSERT INTO presence_roster (bucket, user_id, revision, last_action_at, visible, devices) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO UPDATE SET revision = excluded.revision, last_action_at = excluded.last_action_at,
                visible = excluded.visible, devices = excluded.devices
            WHERE excluded.revision > revision
            """,
            PresenceBuckets.Of(entry.User), entry.User, entry.Revision, entry.LastActionAt?.ToUnixTimeMilliseconds(), entry.Visible, devices));
    }

    public async Task Remove(ImmutableArray<RosterEntry> entries)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        await data.State.Write(session => entries.Sum(entry => session.Execute(
            "DELETE FROM presence_roster WHERE bucket = $1 AND user_id = $2 AND revision = $3",
            PresenceBuckets.Of(entry.User), entry.User, entry.Revision)));
    }

    private static RosterEntry Map(SqliteDataReader row) => new(
        row.GetString(0),
        row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        row.GetBoolean(2),
        [.. JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(3))!
            .Select(device => new DeviceAction(device.Key, DateTimeOffset.FromUnixTimeMilliseconds(device.Value)))],
        row.GetInt64(4));
}
