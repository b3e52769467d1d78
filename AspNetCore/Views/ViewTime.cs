namespace Hearth.AspNetCore.Views;

/// <summary>When views happened: a moment, or only the day in <c>Views:TimeZone</c>.</summary>
internal readonly record struct ViewTime(DateTimeOffset? Moment, DateOnly? Day)
{
    public static implicit operator ViewTime(DateTimeOffset moment) => new(moment, null);
}
