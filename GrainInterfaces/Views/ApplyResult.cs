namespace Hearth.GrainInterfaces.Views;

/// <summary>What a page did with what a reader asked of it.</summary>
[GenerateSerializer, Alias("apply-result")]
public enum ApplyResult
{
    /// <summary>Done, or done before.</summary>
    Done,

    /// <summary>The page lacks earlier entries, because an activation was lost. Read again from the last checkpoint.</summary>
    Behind,
}
