using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.WebFrontend.Sessions;

/// <summary>
/// A value that a site keeps in a session: any JSON. A string is stored as itself; everything else, and a string that begins
/// with U+0000, as U+0000 and the JSON text, so that it comes back as it was given.
/// </summary>
/// <param name="Stored">What is stored; null for JSON's null, which removes the key.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct SessionValue(string? Stored)
{
    private const char Mark = '\0';

    /// <summary>What is stored of a value in a session that begins: there a null is a value.</summary>
    public string AsFirst => Stored ?? Mark + "null";

    private sealed class Converter : JsonConverter<SessionValue>
    {
        public override bool HandleNull => true;

        public override SessionValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Null:
                    return default;
                case JsonTokenType.String:
                    var text = reader.GetString()!;
                    return new SessionValue(text.StartsWith(Mark) ? Mark + JsonSerializer.Serialize(text) : text);
                default:
                    using (var value = JsonDocument.ParseValue(ref reader))
                    {
                        return new SessionValue(Mark + value.RootElement.GetRawText());
                    }
            }
        }

        public override void Write(Utf8JsonWriter writer, SessionValue value, JsonSerializerOptions options)
        {
            if (value.Stored is [Mark, .. var json] && IsJson(json))
            {
                writer.WriteRawValue(json, skipInputValidation: true);
            }
            else
            {
                writer.WriteStringValue(value.Stored);
            }
        }

        /// <summary>A string from before values could be any JSON may begin with the mark by itself.</summary>
        private static bool IsJson(string text)
        {
            try
            {
                using var parsed = JsonDocument.Parse(text);
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }
}
