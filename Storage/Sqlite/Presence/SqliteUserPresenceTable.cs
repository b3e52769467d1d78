using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Hearth.Model.Presence;

namespace Hearth.Storage.Sqlite.Presence;

/// <summary><c>user_presence</c> in <c>site.db</c>.</summary>
internal sealed class SqliteUserPresenceTable(DataDirectory data) : IUserPresenceTable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public async Task Upsert(ImmutableArray<UserPresenceRow> rows) => await data.Site.Write(session => rows.Sum(row => session.Execute(
        """
        INSERT INTO user_presence (user_id, last_action_at, visible) VALUES ($1, $2, $3)
        ON CONFLICT DO UPDATE SET visible = excluded.visible,
            last_action_at = coalesce(max(last_action_at, excluded.last_action_at), last_action_at, excluded.last_action_at)
        """,
        row.User, row.LastActionAt?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture), row.Visible)));

    public async Task Remove(string user) =>
        await data.Site.Write(session => session.Execute("DELETE FROM user_presence WHERE user_id = $1", user));

    public async Task<IReadOnlyList<UserPresenceRow>> Find(ImmutableArray<string> users) => await data.Site.Read(session => session.Query(
        "SELECT user_id, last_action_at, visible FROM user_presence WHERE user_id IN (SELECT value FROM json_each($1))",
        row => new UserPresenceRow(row.GetString(0), row.IsDBNull(1) ? null : Time(row.GetString(1)), row.GetBoolean(2)),
        JsonSerializer.Serialize(users)));

    public async Task<IReadOnlyList<string>> FindUsers(string prefix, int limit) => await data.Site.Read(session => session.Query(
        "SELECT user_id FROM user_presence WHERE user_id BETWEEN $1 AND $2 ORDER BY user_id LIMIT $3",
        row => row.GetString(0), prefix, IdPrefix.Last(prefix), (long)limit));

    /// <summary>The site's own programs may have written the column, so any ISO 8601 time is understood.</summary>
    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
