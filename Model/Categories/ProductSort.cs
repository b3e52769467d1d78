namespace Hearth.Model.Categories;

/// <summary>In which order products are listed.</summary>
public enum ProductSort
{
    /// <summary>By id, by its UTF-8 bytes.</summary>
    Id,

    /// <summary>By name, by its UTF-8 bytes; of one name, by id.</summary>
    Name,
}
