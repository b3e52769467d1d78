using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;

namespace Hearth.Grains.Views;

/// <summary>What one page gets of a batch of log entries.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="PreviousOffset">The last offset that the page took since the last checkpoint; 0 for none.</param>
/// <param name="Entries">Its parts of the entries, offsets ascending.</param>
internal sealed record PagePart(string Page, long PreviousOffset, ImmutableArray<ViewEntry> Entries);
