using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Hearth.Grains.Presence;

/// <summary>
/// The shards whose grains are active in this silo, so that a list of users does not cost a call to each shard. What their
/// grains would answer at the same moment is the same.
/// </summary>
internal sealed class LocalShards
{
    private readonly ConcurrentDictionary<int, PresenceShard> _shards = new();

    public void Add(int number, PresenceShard shard) => _shards[number] = shard;

    public void Remove(int number, PresenceShard shard) => _shards.TryRemove(new(number, shard));

    public bool TryGet(int number, [NotNullWhen(true)] out PresenceShard? shard) => _shards.TryGetValue(number, out shard);
}
