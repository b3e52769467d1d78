using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Times as ISO 8601 in UTC with milliseconds, <c>2026-11-22T18:30:00.123Z</c>. Reading takes any offset, and UTC where
/// there is none.
/// </summary>
internal sealed class UtcMillisecondsConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
    }

    /// <exception cref="JsonException">It is no time.</exception>
    public static DateTimeOffset Parse(string? text) =>
        text is { Length: >= 10 } && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new JsonException("A time must be ISO 8601, such as 2026-11-22T18:30:00.123Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Write(value));
}
