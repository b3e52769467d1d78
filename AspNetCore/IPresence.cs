using Hearth.GrainInterfaces.Presence;

namespace Hearth.AspNetCore;

/// <summary>Who is online.</summary>
public interface IPresence
{
    /// <summary>The user did something now. Waits for nothing; what is under way when the process is killed is lost.</summary>
    /// <param name="user">The user's id, 1 to 256 bytes of UTF-8.</param>
    /// <param name="device">One of at most 16 devices of the user; empty for the unnamed one.</param>
    void Touch(string user, string device = "");

    /// <summary>Signs out one device, or all where none is named. The user is offline once no device is online.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="device">The device, empty for the unnamed one; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task SignOutAsync(string user, string? device = null, CancellationToken cancellationToken = default);

    /// <summary>Returns one user's presence.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<UserPresence> GetAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Returns the presence of many users in one call, in the order asked.</summary>
    /// <param name="users">Their ids.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<IReadOnlyList<UserPresence>> GetAsync(IEnumerable<string> users, CancellationToken cancellationToken = default);

    /// <summary>Returns how many users are online, and a page of them in the byte order of their ids.</summary>
    /// <param name="limit">The most users on the page, 1 to 1000.</param>
    /// <param name="after">The last user of the page before; null for the first.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<OnlinePage> GetOnlineAsync(int limit = 100, string? after = null, CancellationToken cancellationToken = default);
}
