using System.Collections.Immutable;
using Hearth.GrainInterfaces.Presence;
using Hearth.Model.Ids;

namespace Hearth.Grains.Presence;

/// <summary>Merges the shards' sorted pages into one (k-way merge over a heap of their heads).</summary>
internal static class OnlineMerge
{
    public static OnlinePage Merge(IReadOnlyList<OnlinePage> parts, int limit)
    {
        var heads = new PriorityQueue<(OnlinePage Part, int At), string>(Utf8Order.Instance);
        foreach (var part in parts.Where(part => !part.Users.IsEmpty))
        {
            heads.Enqueue((part, 0), part.Users[0].User);
        }

        var users = ImmutableArray.CreateBuilder<OnlineUser>();
        while (users.Count < limit && heads.TryDequeue(out var head, out _))
        {
            users.Add(head.Part.Users[head.At]);
            if (head.At + 1 < head.Part.Users.Length)
            {
                heads.Enqueue((head.Part, head.At + 1), head.Part.Users[head.At + 1].User);
            }
        }

        return new OnlinePage(parts.Sum(part => part.Count), users.ToImmutable(), heads.Count > 0 || parts.Any(part => part.HasMore));
    }
}
