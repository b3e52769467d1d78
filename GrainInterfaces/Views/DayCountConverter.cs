using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="DayCount"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class DayCountConverter : IConverter<DayCount, DayCountSurrogate>
{
    public DayCount ConvertFromSurrogate(in DayCountSurrogate surrogate) => new(surrogate.Day, surrogate.Views, surrogate.Visitors);

    public DayCountSurrogate ConvertToSurrogate(in DayCount value) => new(value.Day, value.Views, value.Visitors);
}
