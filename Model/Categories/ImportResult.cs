namespace Hearth.Model.Categories;

/// <summary>How an import ended. Rows that were as the file says already count nowhere.</summary>
/// <param name="Created">Rows that are new.</param>
/// <param name="Updated">Rows that changed.</param>
/// <param name="Deleted">Rows that are gone, because the file is to replace what there was.</param>
/// <param name="Version">The tree's version afterwards.</param>
/// <param name="Fault">The line for which the whole import was refused; null where it is committed.</param>
/// <param name="IsUnderWay">Whether it has not ended yet, so that the rest says nothing.</param>
/// <param name="Present">
/// How many rows there are, where the import was refused because it would have deleted most of them (<see cref="ImportMode.Refuses"/>).
/// </param>
public sealed record ImportResult(
    int Created,
    int Updated,
    int Deleted,
    long Version,
    ImportFault? Fault,
    bool IsUnderWay = false,
    int? Present = null)
{
    /// <summary>Ask again.</summary>
    public static ImportResult UnderWay { get; } = new(0, 0, 0, 0, null, IsUnderWay: true);

    /// <summary>A refusal.</summary>
    /// <param name="line">The line at fault, from 1.</param>
    /// <param name="reason">What is wrong with it, for the caller to read.</param>
    public static ImportResult Refused(int line, string reason) => new(0, 0, 0, 0, new ImportFault(line, reason));

    /// <summary>A refusal to delete most of what is there.</summary>
    /// <param name="deleted">How many rows would be deleted.</param>
    /// <param name="present">How many there are.</param>
    public static ImportResult Unconfirmed(int deleted, int present) =>
        Refused(1, $"The file lacks {deleted} of the {present} that are there.") with { Present = present };
}
