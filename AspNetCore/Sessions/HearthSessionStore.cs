using Hearth.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Sessions;

/// <summary>ASP.NET's sessions, each a grain under a hash of the key that the cookie carries.</summary>
internal sealed class HearthSessionStore(
    GrainCalls calls, HiddenKey keys, IOptions<HearthOptions> options, TimeProvider time, ILogger<HearthSession> logger) : ISessionStore
{
    private const string Kind = "session";

    public ISession Create(string sessionKey, TimeSpan idleTimeout, TimeSpan ioTimeout, Func<bool> tryEstablishSession, bool isNewSessionKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(sessionKey);
        ArgumentNullException.ThrowIfNull(tryEstablishSession);
        var grain = new SessionClient(calls, keys.Of(Kind, sessionKey), idleTimeout, ioTimeout, options.Value.EndedSessionBar, time);
        return new HearthSession(grain, tryEstablishSession, isNewSessionKey, logger);
    }
}
