using System.Collections.Concurrent;
using Hearth.Model.Sessions;

namespace Hearth.Grains.Tests.Sessions;

/// <summary>The real store, before which something happens where a session is replaced for the first time.</summary>
/// <param name="store">The real store.</param>
/// <param name="interruptions">What happens, by the session's key.</param>
internal sealed class InterruptedSessionStore(ISessionStore store, ConcurrentDictionary<string, Func<ISessionStore, Task>> interruptions) : ISessionStore
{
    public async ValueTask<bool> Replace(string key, StoredSession session)
    {
        if (interruptions.TryRemove(key, out var interrupt))
        {
            await interrupt(store);
        }

        return await store.Replace(key, session);
    }

    public ValueTask<StoredSession?> Read(string key) => store.Read(key);

    public ValueTask<bool> Add(string key, StoredSession session) => store.Add(key, session);

    public ValueTask<bool> Touch(string key, DateTimeOffset lastUsedAt, DateTimeOffset deadline) => store.Touch(key, lastUsedAt, deadline);

    public ValueTask<bool> Remove(string key) => store.Remove(key);

    public ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline) => store.RemoveIfDue(key, deadline);

    public ValueTask<IReadOnlyList<string>> KeysOf(string user, string? after, int limit, DateTimeOffset now) => store.KeysOf(user, after, limit, now);

    public ValueTask<long> Count(DateTimeOffset now) => store.Count(now);
}
