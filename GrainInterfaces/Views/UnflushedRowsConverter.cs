using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="UnflushedRows"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class UnflushedRowsConverter : IConverter<UnflushedRows, UnflushedRowsSurrogate>
{
    public UnflushedRows ConvertFromSurrogate(in UnflushedRowsSurrogate surrogate) => new(
        surrogate.Rows,
        surrogate.DayRows.IsDefault ? [.. surrogate.Days.Select(day => new PageDayRow(day.Day, day.Views, day.Visitors, BotViews: 0, Sketch: []))] : surrogate.DayRows,
        surrogate.IsForgotten);

    public UnflushedRowsSurrogate ConvertToSurrogate(in UnflushedRows value) => new(
        value.Rows, [.. value.Days.Select(day => new DayCount(day.Day, day.Views, day.Visitors))], value.Days, value.IsForgotten);
}
