using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>Serializes a <see cref="DeviceAction"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class DeviceActionConverter : IConverter<DeviceAction, DeviceActionSurrogate>
{
    public DeviceAction ConvertFromSurrogate(in DeviceActionSurrogate surrogate) => new(surrogate.Name, surrogate.Age);

    public DeviceActionSurrogate ConvertToSurrogate(in DeviceAction value) => new(value.Name, value.Age);
}
