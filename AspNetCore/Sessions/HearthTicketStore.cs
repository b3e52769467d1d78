using System.Collections.Immutable;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Model.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Sessions;

/// <summary>
/// Tickets of cookie authentication, each in a session of its user: the cookie carries the session's id alone, and whoever
/// ends the session signs the browser out.
/// </summary>
internal sealed partial class HearthTicketStore(
    GrainCalls calls, IOptions<HearthOptions> options, TimeProvider time, ILogger<HearthTicketStore> logger) : ITicketStore
{
    private const string TicketKey = "ticket";

    /// <summary>As long as cookie authentication's own default.</summary>
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromSeconds(1);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var id = SessionId.New();
        var session = new NewSession(id.Shown, User(ticket), Data(ticket).ToImmutableDictionary(pair => pair.Key, pair => pair.Value!), Lifetime(ticket), AbsoluteTimeout: null);
        Check(await Run(id, grain => grain.Create(session)).ConfigureAwait(false));
        return id.Secret;
    }

    /// <remarks>Changes only what is there, so that renewing cannot bring back what was ended.</remarks>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (SessionId.TryParse(key, out var id))
        {
            var change = new SessionChange(Data(ticket), SetsUser: true, User(ticket), IdleTimeout: Lifetime(ticket));
            Check(await Run(id, grain => grain.Change(change)).ConfigureAwait(false));
        }
    }

    /// <remarks>
    /// Looking does not prolong a ticket: cookie authentication renews it when its time has come. While tickets cannot be
    /// read, nobody is signed in, and the rest of the site goes on.
    /// </remarks>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        try
        {
            return SessionId.TryParse(key, out var id)
                && await Run(id, grain => grain.Peek()).ConfigureAwait(false) is { } session
                && session.Data.TryGetValue(TicketKey, out var ticket)
                    ? TicketSerializer.Default.Deserialize(Convert.FromBase64String(ticket))
                    : null;
        }
        catch (HearthUnavailableException exception)
        {
            LogUnavailable(exception);
            return null;
        }
    }

    public async Task RemoveAsync(string key)
    {
        if (SessionId.TryParse(key, out var id))
        {
            await Run(id, grain => grain.EndSession()).ConfigureAwait(false);
        }
    }

    private Task<T> Run<T>(SessionId id, Func<ISessionGrain, ValueTask<T>> call) =>
        calls.Run(grains => call(grains.GetGrain<ISessionGrain>(id.Key)), CancellationToken.None);

    private string? User(AuthenticationTicket ticket) => ValidId.OrNull(options.Value.User(ticket.Principal));

    private TimeSpan Lifetime(AuthenticationTicket ticket)
    {
        var left = ticket.Properties.ExpiresUtc - time.GetUtcNow() ?? DefaultLifetime;
        return left > ShortestLifetime ? left : ShortestLifetime;
    }

    private static ImmutableDictionary<string, string?> Data(AuthenticationTicket ticket) =>
        ImmutableDictionary<string, string?>.Empty.Add(TicketKey, Convert.ToBase64String(TicketSerializer.Default.Serialize(ticket)));

    private static void Check(SessionAnswer answer)
    {
        if (answer.Outcome == SessionOutcome.TooLarge)
        {
            throw new InvalidOperationException(
                $"The user's ticket, with all its claims, takes more than {answer.MaxDataBytes} bytes. Keep fewer claims, or raise Sessions:MaxDataBytes.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A ticket cannot be read; its user counts as not signed in.")]
    private partial void LogUnavailable(Exception exception);
}
