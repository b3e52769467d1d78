namespace Hearth.GrainInterfaces.Sessions;

/// <summary>Counts sessions. A stateless worker; the key is always 0.</summary>
[Alias("session-census")]
public interface ISessionCensusGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns how many sessions have not reached their stored deadline, which is at most a tenth of the idle timeout, and
    /// at most 30 s, after a session's end.
    /// </summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">The store could not be read.</exception>
    [Alias("count-live")] ValueTask<long> CountLive();
}
