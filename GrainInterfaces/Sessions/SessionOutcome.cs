using Hearth.Model.Sessions;

namespace Hearth.GrainInterfaces.Sessions;

/// <summary>How a write to a session ended.</summary>
[GenerateSerializer, Alias("session-outcome")]
public enum SessionOutcome
{
    /// <summary>It is durable.</summary>
    Done = 0,

    /// <summary>There is no such session: it never was, it expired, or it was ended.</summary>
    Unknown = 1,

    /// <summary>The data would be larger than <see cref="SessionsOptions.MaxDataBytes"/>; nothing was changed.</summary>
    TooLarge = 2,
}
