using System.Globalization;

namespace Hearth.WebFrontend.Requests;

/// <summary>Durations, which the contract gives in seconds, fractions allowed.</summary>
internal static class Seconds
{
    /// <summary>The longest duration that is accepted: 3650 days.</summary>
    public const double Max = 3650 * 24 * 60 * 60;

    /// <summary>Reads a query parameter as <see cref="Check"/> does. Bound as a number, <c>1,5</c> or a repetition would be 15.</summary>
    public static TimeSpan? CheckQuery(string field, string? seconds) => seconds is null
        ? null
        : Check(field, double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);

    /// <summary>Returns the duration in whole milliseconds, at least one; null where there is none; or refuses the request.</summary>
    public static TimeSpan? Check(string field, double? seconds) => seconds switch
    {
        null => null,
        > 0 and <= Max => TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(seconds.Value * 1000))),
        _ => throw new InvalidRequestException(field, $"Must be more than 0 and at most {Max} seconds."),
    };
}
