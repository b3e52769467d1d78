using Hearth.Model.Storage;

namespace Hearth.GrainInterfaces.Views;

/// <summary>
/// Holds the random salt of a day with which front ends make visitors of addresses. Key: 0. With the day it is gone, and
/// nobody can tell any more who the visitors were.
/// </summary>
[Alias("visitor-salt")]
public interface IVisitorSaltGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the day's salt, 32 random bytes; the same to all who ask for it on that day.</summary>
    /// <param name="day">The day it is. Of two days the later one counts.</param>
    /// <exception cref="StoreUnavailableException">A new salt could not be stored.</exception>
    [Alias("get-salt")]
    ValueTask<byte[]> GetSalt(DateOnly day);
}
