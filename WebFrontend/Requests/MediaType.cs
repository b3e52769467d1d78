using Microsoft.Net.Http.Headers;

namespace Hearth.WebFrontend.Requests;

/// <summary>Recognises what a request's body is (RFC 9110, section 8.3). Hearth reads text in UTF-8 alone.</summary>
internal static class MediaType
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";
    public const string Tsv = "text/tab-separated-values";
    public const string PlainText = "text/plain";

    private const string Utf8 = "utf-8";

    /// <summary>Whether a body is of a type and, where that is said, in UTF-8. Names are in any case, a value may be quoted.</summary>
    public static bool IsOf(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && type.Parameters.Where(parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)).All(IsUtf8);

    private static bool IsUtf8(NameValueHeaderValue charset) =>
        charset.GetUnescapedValue().Equals(Utf8, StringComparison.OrdinalIgnoreCase);
}
