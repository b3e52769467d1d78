namespace Hearth.WebFrontend.Pages.Live;

/// <param name="Value">What was gathered; null while the part is unavailable.</param>
/// <param name="Json">The same as JSON.</param>
internal sealed record LiveMessage(object? Value, string Json);
