using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>Serializes a <see cref="RosterEntry"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class RosterEntryConverter : IConverter<RosterEntry, RosterEntrySurrogate>
{
    public RosterEntry ConvertFromSurrogate(in RosterEntrySurrogate surrogate) =>
        new(surrogate.User, surrogate.LastActionAt, surrogate.Visible, surrogate.Devices, surrogate.Revision);

    public RosterEntrySurrogate ConvertToSurrogate(in RosterEntry value) =>
        new(value.User, value.LastActionAt, value.Visible, value.Devices, value.Revision);
}
