using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="PageDayRow"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct PageDayRowSurrogate(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] long Views,
    [property: Id(2)] long Visitors,
    [property: Id(3)] long BotViews,
    [property: Id(4)] byte[] Sketch);
