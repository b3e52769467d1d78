namespace Hearth.Model.Categories;

/// <summary>How the store answers the writing of a product.</summary>
public enum ProductPutOutcome
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>It was there, and is as asked now.</summary>
    Updated,

    /// <summary>Its category does not exist; nothing changed.</summary>
    UnknownCategory,
}
