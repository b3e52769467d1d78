using System.Collections.Immutable;
using Hearth.Model.Presence;

namespace Hearth.Storage.Postgres.Presence;

/// <summary><c>user_presence</c> in the site's database.</summary>
internal sealed class PostgresUserPresenceTable(PostgresDatabase database) : IUserPresenceTable
{
    /// <summary>In the order of the key, so that two flushes that share users cannot deadlock. Of two rows of one user the later counts.</summary>
    private const string UpsertRows =
        """
        INSERT INTO user_presence (user_id, last_action_at, visible)
        SELECT user_id, max(last_action_at), (array_agg(visible ORDER BY place DESC))[1]
        FROM unnest($1, $2, $3) WITH ORDINALITY AS flushed (user_id, last_action_at, visible, place)
        GROUP BY user_id ORDER BY user_id
        ON CONFLICT (user_id) DO UPDATE SET visible = excluded.visible,
            last_action_at = greatest(user_presence.last_action_at, excluded.last_action_at)
        """;

    /// <summary>The site's own programs may have written times, such as infinity, that are none here.</summary>
    private const string SelectRows =
        """
        SELECT user_id, CASE WHEN last_action_at BETWEEN '0001-01-02 UTC' AND '9999-12-30 UTC' THEN last_action_at END, visible
        FROM user_presence WHERE user_id = ANY ($1)
        """;

    private const string SelectUsers = "SELECT user_id FROM user_presence WHERE user_id BETWEEN $1 AND $2 ORDER BY user_id LIMIT $3";

    public Task Upsert(ImmutableArray<UserPresenceRow> rows) => database.Run(connection => connection.Execute(
        UpsertRows,
        PostgresCommands.Texts(rows.Select(row => row.User)),
        PostgresCommands.Times(rows.Select(row => row.LastActionAt)),
        PostgresCommands.Booleans(rows.Select(row => row.Visible))));

    public Task Remove(string user) => database.Run(connection => connection.Execute(
        "DELETE FROM user_presence WHERE user_id = $1", PostgresCommands.Text(user)));

    public async Task<IReadOnlyList<UserPresenceRow>> Find(ImmutableArray<string> users) => await database.Run(connection => connection.Query(
        SelectRows, row => new UserPresenceRow(row.GetString(0), row.TimeOrNull(1), row.GetBoolean(2)), PostgresCommands.Texts(users)));

    public async Task<IReadOnlyList<string>> FindUsers(string prefix, int limit) => await database.Run(connection => connection.Query(
        SelectUsers, row => row.GetString(0),
        PostgresCommands.Text(prefix), PostgresCommands.Text(IdPrefix.Last(prefix)), PostgresCommands.Integer(limit)));
}
