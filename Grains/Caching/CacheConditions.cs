using Hearth.GrainInterfaces.Caching;

namespace Hearth.Grains.Caching;

internal static class CacheConditions
{
    /// <summary>Whether the condition holds where a value of this version is kept, or none.</summary>
    public static bool Allows(this CacheCondition condition, long? version) =>
        (version is { } kept
            ? condition.IfMatch?.Contains(kept) != false && condition.IfNoneMatch?.Contains(kept) != true && !condition.IfNone
            : condition.IfMatch is null && !condition.IfAny);
}
