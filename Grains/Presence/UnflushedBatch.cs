using System.Collections.Immutable;
using Hearth.Model.Presence;

namespace Hearth.Grains.Presence;

/// <summary>Users on their way to the database, each with the revision that is.</summary>
internal sealed record UnflushedBatch(ImmutableArray<(HeldUser Held, long Revision)> Users)
{
    public ImmutableArray<UserPresenceRow> Rows { get; } =
        [.. Users.Select(user => new UserPresenceRow(user.Held.User, user.Held.Entry.LastActionAt, user.Held.Entry.Visible))];
}
