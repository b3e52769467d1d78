using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Model.Ids;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Problems;

/// <summary>
/// Says which field a request that ASP.NET could not bind is at fault with, in the caller's terms: the framework's own
/// messages name C# types.
/// </summary>
internal static partial class BindingProblem
{
    /// <summary>Messages by field, or null where no field is at fault.</summary>
    public static IReadOnlyDictionary<string, string[]>? Errors(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json)
        {
            if (Member().Match(json.Message) is { Success: true } member)
            {
                var path = json.Path is null or "$" ? "" : json.Path.TrimStart('$').TrimStart('.') + ".";
                var name = member.Groups["name"].Value;
                return Error(
                    path.EndsWith(name + ".", StringComparison.Ordinal) ? path[..^1] : path + name,
                    json.Message.StartsWith("Duplicate", StringComparison.Ordinal) ? "Stands twice." : "Is not known to this call.");
            }

            var field = json.Path is null or "$" ? "body" : json.Path.TrimStart('$').TrimStart('.');
            return Error(field, json.InnerException is null && json.Path is null ? "Is not valid JSON." : Reason(json));
        }

        if (ParameterFailure().Match(exception.Message) is { Success: true } parameter)
        {
            return Error(parameter.Groups["name"].Value, Reason(parameter.Groups["type"].Value, parameter.Groups["value"].Value));
        }

        return exception.Message.Contains("no body was provided", StringComparison.Ordinal) || exception.Message.StartsWith("Required parameter", StringComparison.Ordinal)
            ? Error("body", "Is missing.")
            : null;
    }

    /// <summary>Our own converters' messages are for callers; the framework's are not.</summary>
    private static string Reason(JsonException exception) =>
        exception.Message.StartsWith("A ", StringComparison.Ordinal) ? exception.Message.Split(" Path:")[0] : "Is malformed or of the wrong type.";

    private static string Reason(string type, string value) =>
        type == nameof(PathId) && Id.Problem(Uri.UnescapeDataString(value)) is { } problem ? $"The id {problem}." : $"'{value}' is not a value of it.";

    private static Dictionary<string, string[]> Error(string field, string message) => new() { [field] = [message] };

    /// <summary>A member that the call does not know, or that stands twice.</summary>
    [GeneratedRegex("^(The JSON property|Duplicate property) '(?<name>.*?)' (could not be mapped|encountered)", RegexOptions.Singleline)]
    private static partial Regex Member();

    [GeneratedRegex("^Failed to bind parameter \"(?<type>\\S+) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex ParameterFailure();
}
