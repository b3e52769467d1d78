using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Categories;

/// <summary>How the category tree follows its table. Section <c>Categories</c>.</summary>
public sealed class CategoriesOptions
{
    /// <summary>How often the table's version is looked at for edits by other programs, where nothing announces them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ErrorMessage = "Categories:PollInterval must be from 00:00:00.050 to 00:01:00.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked at although PostgreSQL announces edits, since an announcement can be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ErrorMessage = "Categories:ListeningPollInterval must be from 00:00:00.050 to 00:01:00.")]
    public TimeSpan ListeningPollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a changed tree is stored as the grain's state, which only makes the next cold start faster.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Categories:SnapshotInterval must be from 00:00:01 to 1.00:00:00.")]
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a read with <c>minVersion</c>, or one before any tree has come, waits for its version.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10", ErrorMessage = "Categories:ReadWait must be from 00:00:00.100 to 00:00:10.")]
    public TimeSpan ReadWait { get; set; } = TimeSpan.FromSeconds(2);
}
