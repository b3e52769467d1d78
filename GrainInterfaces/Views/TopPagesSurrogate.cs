using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="TopPages"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct TopPagesSurrogate(
    [property: Id(0)] DateTimeOffset? AsOf,
    [property: Id(1)] ImmutableArray<PageCount> Pages);
