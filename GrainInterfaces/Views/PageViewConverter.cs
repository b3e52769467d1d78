using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="PageView"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class PageViewConverter : IConverter<PageView, PageViewSurrogate>
{
    public PageView ConvertFromSurrogate(in PageViewSurrogate surrogate) => new(
        surrogate.Day, surrogate.Location, surrogate.Visitor, surrogate.Count,
        surrogate.Hour ?? ViewHour.FirstOf(surrogate.Day), surrogate.Traffic, surrogate.Referrer ?? "", surrogate.Campaign ?? "");

    public PageViewSurrogate ConvertToSurrogate(in PageView value) => new(
        value.Day, value.Location, value.Visitor, value.Count, value.Hour, value.Traffic, OrNull(value.Referrer), OrNull(value.Campaign));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
