namespace Hearth.Model.Views;

/// <summary>Absolute counts of one page, day and slice.</summary>
/// <param name="Day">The day.</param>
/// <param name="Slice">The slice.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">How many distinct visitors, estimated; 0 for bots.</param>
/// <param name="Sketch">The sketch that the estimate comes from, so that a late view can grow it; empty where it is no longer kept.</param>
public sealed record PageViewRow(DateOnly Day, ViewSlice Slice, long Views, long Visitors, byte[] Sketch);
