namespace Hearth.WebFrontend.Pages.Live;

/// <summary>A part of what the pages show that moves by itself.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Period">How often it is gathered while anybody looks.</param>
/// <param name="Gather">Asks the grains; whatever it throws makes the part unavailable until it succeeds again.</param>
internal sealed record LivePart(string Name, TimeSpan Period, Func<CancellationToken, Task<object>> Gather);
