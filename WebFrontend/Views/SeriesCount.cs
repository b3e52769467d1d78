using System.Text.Json.Serialization;

namespace Hearth.WebFrontend.Views;

/// <summary>The counts of one member of a series: of a day, hour, location, referrer or campaign, whichever was asked for.</summary>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">How many distinct visitors.</param>
internal sealed record SeriesCount(long Views, long Visitors)
{
    /// <summary>The day, in series by day.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Day { get; init; }

    /// <summary>The beginning of the hour in UTC, such as 2026-11-26T14:00:00Z, in series by hour.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hour { get; init; }

    /// <summary>The location, empty for views that named none, in series by location.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Location { get; init; }

    /// <summary>The host that linked to the page, empty for none and for the site's own, in series by referrer.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Referrer { get; init; }

    /// <summary>The campaign, empty for none, in series by campaign.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Campaign { get; init; }
}
