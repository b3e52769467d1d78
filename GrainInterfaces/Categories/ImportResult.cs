namespace Hearth.GrainInterfaces.Categories;

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
[GenerateSerializer, Immutable, Alias("import-result")]
public sealed record ImportResult(
    [property: Id(0)] int Created,
    [property: Id(1)] int Updated,
    [property: Id(2)] int Deleted,
    [property: Id(3)] long Version,
    [property: Id(4)] ImportFault? Fault,
    [property: Id(5)] bool IsUnderWay = false,
    [property: Id(6)] int? Present = null)
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
