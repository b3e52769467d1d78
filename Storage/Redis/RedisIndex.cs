using StackExchange.Redis;

namespace Hearth.Storage.Redis;

/// <summary>Reads a page of an index through a script that stops early where many members are stale.</summary>
internal static class RedisIndex
{
    /// <param name="read">Reads after a key, at most so many; answers where to go on, or nothing at the end, then the keys.</param>
    /// <param name="after">Only keys greater than this one; null for all.</param>
    /// <param name="limit">How many at most.</param>
    public static async ValueTask<IReadOnlyList<string>> Read(Func<RedisValue, int, Task<RedisResult>> read, string? after, int limit)
    {
        var keys = new List<string>();
        RedisValue next = after ?? "";
        do
        {
            var answer = (RedisValue[])(await read(next, limit - keys.Count))!;
            keys.AddRange(answer.Skip(1).Select(key => key.ToString()));
            next = answer[0];
        }
        while (next.Length() > 0 && keys.Count < limit);
        return keys;
    }
}
