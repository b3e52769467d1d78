using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>A <see cref="DeviceAction"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct DeviceActionSurrogate([property: Id(0)] string Name, [property: Id(1)] TimeSpan Age);
