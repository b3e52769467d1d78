using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>What became of a touch.</summary>
[GenerateSerializer, Alias("touch-result")]
public enum TouchResult
{
    /// <summary>The user is online, and every reader can see it.</summary>
    Accepted,

    /// <summary>The action is from before a sign-out, and changed nothing.</summary>
    Outdated,

    /// <summary>The user has <see cref="PresenceOptions.MaxDevices"/> other devices online; nothing changed.</summary>
    TooManyDevices,
}
