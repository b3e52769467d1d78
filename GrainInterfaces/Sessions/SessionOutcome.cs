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

    /// <summary>There is a session already; nothing was changed.</summary>
    Exists = 3,

    /// <summary>A session of this id was ended, or got another id, less than a day ago; nothing was changed.</summary>
    Ended = 4,
}
