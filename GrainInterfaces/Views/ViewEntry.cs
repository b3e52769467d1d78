using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>One page's part of a log entry.</summary>
/// <param name="Offset">The entry's offset in its partition.</param>
/// <param name="Views">The page's views in it, at least one.</param>
[GenerateSerializer, Immutable, Alias("view-entry")]
public readonly record struct ViewEntry([property: Id(0)] long Offset, [property: Id(1)] ImmutableArray<PageView> Views);
