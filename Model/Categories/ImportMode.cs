namespace Hearth.Model.Categories;

/// <summary>What an import may do to rows that its file does not name.</summary>
/// <param name="Replaces">Whether they are deleted.</param>
/// <param name="Confirmed">How many rows the caller has said are there before; null where they have not.</param>
public readonly record struct ImportMode(bool Replaces, int? Confirmed = null)
{
    /// <summary>So many rows may be deleted whatever share of all they are.</summary>
    public const int AlwaysDeletable = 20;

    /// <summary>Creates and updates, and deletes nothing.</summary>
    public static ImportMode Merge => default;

    /// <summary>
    /// Whether to refuse, because most of what is there would be deleted and the caller has not shown that they know how much
    /// that is. A truncated file must not empty a catalogue.
    /// </summary>
    /// <param name="deleted">How many rows would be deleted.</param>
    /// <param name="present">How many rows there are before.</param>
    public bool Refuses(int deleted, int present) => deleted > AlwaysDeletable && deleted > present / 2 && Confirmed != present;
}
