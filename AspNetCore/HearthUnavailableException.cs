namespace Hearth.AspNetCore;

/// <summary>
/// Hearth's cluster, or a store that it needs, did not answer within <see cref="HearthOptions.CallTimeout"/>. Whether a
/// write was done is not known; it may be tried again.
/// </summary>
public sealed class HearthUnavailableException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public HearthUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be reached.</param>
    public HearthUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be reached.</param>
    /// <param name="innerException">What happened.</param>
    public HearthUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
