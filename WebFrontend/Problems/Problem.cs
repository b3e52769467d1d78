using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.WebFrontend.Problems;

/// <summary>Error answers as problem details (RFC 9457).</summary>
internal static class Problem
{
    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    public static ProblemHttpResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, detail);

    /// <param name="wanted">The media types that the call takes.</param>
    public static ProblemHttpResult WrongType(string wanted) => Of(StatusCodes.Status415UnsupportedMediaType, $"The body must be {wanted}, in UTF-8.");

    /// <summary>400 with messages by field.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        TypedResults.Problem(
            string.Join(' ', errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")),
            statusCode: StatusCodes.Status400BadRequest,
            title: ReasonPhrases.GetReasonPhrase(StatusCodes.Status400BadRequest),
            extensions: [new("errors", errors)]);

    /// <summary>What to do about a status that says nothing else; null for those that always come with words of their own.</summary>
    public static string? Detail(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is malformed.",
        StatusCodes.Status401Unauthorized => "Present a key that is known here: Authorization: Bearer <key>.",
        StatusCodes.Status403Forbidden => "The key's scope does not include this.",
        StatusCodes.Status404NotFound => "There is nothing at this path.",
        StatusCodes.Status405MethodNotAllowed => "This path does not take this method; Allow names those that it takes.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this call takes.",
        StatusCodes.Status415UnsupportedMediaType => "The body's Content-Type is not one that this call takes.",
        _ => null,
    };

    public static ProblemHttpResult Of(int status, string? detail) =>
        TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status));
}
