namespace Hearth.Model.Storage;

/// <summary>
/// A store that the operation needs cannot be reached or refuses to write (disk full, connection lost, locked).
/// Nothing was changed as far as the store has said; the caller may try again. Front ends answer 503.
/// </summary>
public class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public StoreUnavailableException()
    {
    }

    /// <param name="message">Which store, and what it said.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <param name="message">Which store, and what it said.</param>
    /// <param name="innerException">The store's own exception.</param>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
