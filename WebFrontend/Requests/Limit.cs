namespace Hearth.WebFrontend.Requests;

/// <summary>The parameter <c>limit</c> of answers that come in pages.</summary>
internal static class Limit
{
    private const int Max = 1000;

    /// <summary>Returns how many entries a page has at most.</summary>
    /// <exception cref="InvalidRequestException">It is not between 1 and 1000.</exception>
    public static int Of(int? limit, int byDefault) => limit switch
    {
        null => byDefault,
        >= 1 and <= Max => limit.Value,
        _ => throw new InvalidRequestException("limit", $"From 1 to {Max}."),
    };
}
