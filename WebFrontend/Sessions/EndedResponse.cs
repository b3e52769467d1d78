namespace Hearth.WebFrontend.Sessions;

/// <summary>How many sessions a request ended.</summary>
/// <param name="Ended">Their number.</param>
internal sealed record EndedResponse(int Ended);
