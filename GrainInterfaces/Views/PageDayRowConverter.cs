using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="PageDayRow"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class PageDayRowConverter : IConverter<PageDayRow, PageDayRowSurrogate>
{
    public PageDayRow ConvertFromSurrogate(in PageDayRowSurrogate surrogate) =>
        new(surrogate.Day, surrogate.Views, surrogate.Visitors, surrogate.BotViews, surrogate.Sketch);

    public PageDayRowSurrogate ConvertToSurrogate(in PageDayRow value) =>
        new(value.Day, value.Views, value.Visitors, value.BotViews, value.Sketch);
}
