using Hearth.GrainInterfaces.Sessions;

namespace Hearth.AspNetCore;

/// <summary>Where a user is signed in.</summary>
public interface IUserSessions
{
    /// <summary>Returns the user's live sessions, their ids shortened to 8 characters.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<IReadOnlyList<Session>> ListAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Ends all of the user's sessions everywhere: each browser is signed out with its next request. Returns how many there were.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<int> EndAllAsync(string user, CancellationToken cancellationToken = default);
}
