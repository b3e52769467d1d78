using System.Text.Json.Serialization;

namespace Hearth.WebFrontend.Views;

/// <summary>The counts of one member of a series: of a day, hour, location, referrer or campaign, whichever was asked for.</summary>
/// <param name="Day">The day, in series by day.</param>
/// <param name="Hour">The beginning of the hour in UTC, such as 2026-11-26T14:00:00Z, in series by hour.</param>
/// <param name="Location">The location, empty for views that named none, in series by location.</param>
/// <param name="Referrer">The host that linked to the page, empty for none and for the site's own, in series by referrer.</param>
/// <param name="Campaign">The campaign, empty for none, in series by campaign.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">How many distinct visitors.</param>
internal sealed record SeriesCount(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? Day,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hour,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Location,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Referrer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Campaign,
    long Views,
    long Visitors);
