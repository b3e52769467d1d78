namespace Hearth.WebFrontend.Requests;

/// <summary>A request that breaks the contract. Answered with a problem that names each field at fault; nothing has changed.</summary>
internal sealed class InvalidRequestException : BadHttpRequestException
{
    /// <param name="field">The parameter or property at fault, as the caller spells it.</param>
    /// <param name="message">What it must be.</param>
    public InvalidRequestException(string field, string message)
        : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    public InvalidRequestException(IReadOnlyDictionary<string, string[]> errors)
        : base("The request breaks the contract.", StatusCodes.Status400BadRequest)
    {
        Errors = errors;
    }

    /// <summary>Messages by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }
}
