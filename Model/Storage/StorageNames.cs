namespace Hearth.Model.Storage;

/// <summary>Names under which stores are registered. Part of stored keys: never change one.</summary>
public static class StorageNames
{
    /// <summary>The grain storage provider that every grain's persistent state uses.</summary>
    public const string GrainState = "hearth";

    /// <summary>The Orleans service id, in clusters of any size.</summary>
    public const string ServiceId = "hearth";
}
