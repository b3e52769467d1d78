using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.AspNetCore.Views;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Views;

/// <summary>The time of a view: <c>2026-11-22</c> is that day of <c>Views:TimeZone</c>, anything longer a moment.</summary>
internal sealed class ViewTimeConverter : JsonConverter<ViewTime>
{
    private const string DayFormat = "yyyy-MM-dd";

    public override ViewTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new ViewTime(day)
            : new ViewTime(UtcMillisecondsConverter.Parse(text));
    }

    public override void Write(Utf8JsonWriter writer, ViewTime value, JsonSerializerOptions options) => writer.WriteStringValue(
        value.Day?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? UtcMillisecondsConverter.Write(value.Moment!.Value));
}
