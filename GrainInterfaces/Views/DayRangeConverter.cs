using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="DayRange"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class DayRangeConverter : IConverter<DayRange, DayRangeSurrogate>
{
    public DayRange ConvertFromSurrogate(in DayRangeSurrogate surrogate) => new(surrogate.First, surrogate.Last);

    public DayRangeSurrogate ConvertToSurrogate(in DayRange value) => new(value.First, value.Last);
}
