using Hearth.Model.Storage;

namespace Hearth.AspNetCore.Categories;

/// <summary>The category tree did not reach the version that a read asked for in time.</summary>
internal sealed class VersionNotReachedException(long? version, long wanted)
    : StoreUnavailableException(version is null ? "The category tree has not been loaded yet." : $"The category tree is at version {version}, and {wanted} was asked for.");
