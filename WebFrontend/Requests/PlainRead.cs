namespace Hearth.WebFrontend.Requests;

/// <summary>A read that <see cref="ReadShortcut"/> may answer.</summary>
/// <param name="Prefix">What its path begins with; one segment follows.</param>
/// <param name="EndpointName">The endpoint that answers it otherwise.</param>
/// <param name="Answer">Its handler, given the segment as it stands in the path; null sends the request the whole way.</param>
internal sealed record PlainRead(string Prefix, string EndpointName, Func<HttpContext, string, IGrainFactory, Task<IResult?>> Answer);
