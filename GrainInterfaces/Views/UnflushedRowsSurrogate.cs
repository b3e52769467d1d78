using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="UnflushedRows"/> as it is sent and stored. Silos of the release before know <c>Days</c> alone.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct UnflushedRowsSurrogate(
    [property: Id(0)] ImmutableArray<PageViewRow> Rows,
    [property: Id(1)] ImmutableArray<DayCount> Days,
    [property: Id(2)] ImmutableArray<PageDayRow> DayRows,
    [property: Id(3)] bool IsForgotten);
