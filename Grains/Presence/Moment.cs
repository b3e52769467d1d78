namespace Hearth.Grains.Presence;

/// <summary>One reading of a silo's clocks.</summary>
/// <param name="Utc">The wall clock, in whole milliseconds: what people are told. It may be set back.</param>
/// <param name="Steady">The monotonic clock: what decides who has lapsed.</param>
internal readonly record struct Moment(DateTimeOffset Utc, TimeSpan Steady);
