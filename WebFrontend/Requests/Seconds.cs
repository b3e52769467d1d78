namespace Hearth.WebFrontend.Requests;

/// <summary>Durations, which the contract gives in seconds, fractions allowed.</summary>
internal static class Seconds
{
    /// <summary>The longest duration that is accepted: 3650 days.</summary>
    public const double Max = 3650 * 24 * 60 * 60;

    /// <summary>Returns the duration in whole milliseconds, at least one; null where there is none; or refuses the request.</summary>
    public static TimeSpan? Check(string field, double? seconds) => seconds switch
    {
        null => null,
        > 0 and <= Max => TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(seconds.Value * 1000))),
        _ => throw new InvalidRequestException(field, $"Must be more than 0 and at most {Max} seconds."),
    };
}
