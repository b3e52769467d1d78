using System.Collections.Immutable;
using System.Text;

namespace Hearth.Grains.Sessions;

/// <summary>What sites keep in a session: strings by key, merged key by key.</summary>
internal static class SessionData
{
    /// <summary>Applies changes: null removes a key, anything else sets it.</summary>
    public static ImmutableDictionary<string, string> Merge(
        ImmutableDictionary<string, string> data, IEnumerable<KeyValuePair<string, string?>> changes)
    {
        var merged = data.ToBuilder();
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = value;
            }
        }

        return merged.ToImmutable();
    }

    /// <summary>The bytes of UTF-8 of all keys and values.</summary>
    public static long SizeOf(ImmutableDictionary<string, string> data) =>
        data.Sum(pair => (long)Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
}
