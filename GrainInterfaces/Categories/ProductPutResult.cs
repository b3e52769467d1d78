namespace Hearth.GrainInterfaces.Categories;

/// <summary>How the writing of a product ended.</summary>
public enum ProductPutResult
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>It was there, and is as asked now.</summary>
    Updated,

    /// <summary>Its category does not exist; nothing changed.</summary>
    UnknownCategory,
}
