namespace Hearth.Storage.Redis;

/// <summary>Finds in what a server tells of itself what endangers data.</summary>
internal static class RedisRisks
{
    private static readonly Version OldestVersion = new(7, 0);

    /// <summary>Sentences that name the setting, its value, what may be lost and what to set; none where all is well.</summary>
    /// <param name="info">The answer to INFO.</param>
    /// <param name="fsync">The setting <c>appendfsync</c>; null where it is unknown.</param>
    public static IEnumerable<string> Find(string info, string? fsync)
    {
        var fields = info.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split(':', 2))
            .Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => field[1]);
        if (fields.GetValueOrDefault("aof_enabled") is not "1" and var aof)
        {
            yield return $"appendonly is {(aof == "0" ? "no" : "unknown")}: when Redis stops, all since its last snapshot is lost, accepted views, sessions and "
                + "who is online included. Set appendonly yes.";
        }

        else if (fsync is not (null or "always"))
        {
            yield return $"appendfsync is {fsync}: when its machine stops, and at bad moments when it is killed, Redis loses a second or two of what it "
                + "has acknowledged. Set appendfsync always.";
        }

        if (fields.GetValueOrDefault("maxmemory_policy") is not "noeviction" and var policy)
        {
            yield return $"maxmemory-policy is {policy ?? "unknown"}: when its memory is full, Redis drops sessions, event ids or "
                + "more without a word. Set maxmemory-policy noeviction.";
        }

        if (!Version.TryParse(fields.GetValueOrDefault("redis_version"), out var version) || version < OldestVersion)
        {
            yield return $"its version is {fields.GetValueOrDefault("redis_version") ?? "unknown"}: Hearth needs {OldestVersion} or "
                + "later, and an older one refuses its scripts.";
        }
    }
}
