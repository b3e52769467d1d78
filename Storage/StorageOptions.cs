using System.ComponentModel.DataAnnotations;

namespace Hearth.Storage;

/// <summary>Where the embedded stores live. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The folder of the embedded SQLite files, relative to the working directory; made when absent.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Storage:DataDirectory must name a folder.")]
    public string DataDirectory { get; set; } = "data";
}
