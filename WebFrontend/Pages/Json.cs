using System.Text.Json;

namespace Hearth.WebFrontend.Pages;

/// <summary>Data that a page carries for its scripts. The default encoder escapes what could end a script element.</summary>
internal static class Json
{
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
