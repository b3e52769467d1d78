using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.AspNetCore.Views;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Views;

/// <summary>Reads a moment as <see cref="UtcMillisecondsConverter"/> does, and a date alone as the day that it is.</summary>
internal sealed class ViewTimeConverter : JsonConverter<ViewTime>
{
    private static readonly UtcMillisecondsConverter Moments = new();

    public override ViewTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new ViewTime(null, day)
            : Moments.Read(ref reader, typeof(DateTimeOffset), options);

    public override void Write(Utf8JsonWriter writer, ViewTime value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Views are posted and never answered with.");
}
