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
            return Error(Field(json.Path), json.InnerException is null && json.Path is null ? "Is not valid JSON." : Reason(json));
        }

        if (ParameterFailure().Match(exception.Message) is { Success: true } parameter)
        {
            return Error(parameter.Groups["name"].Value, Reason(parameter.Groups["type"].Value, parameter.Groups["value"].Value));
        }

        return MissingParameter().Match(exception.Message) is { Success: true } missing ? Error(missing.Groups["source"].Value == "body" ? "body" : missing.Groups["name"].Value, "Is missing.")
            : exception.Message.Contains("no body was provided", StringComparison.Ordinal) ? Error("body", "Is missing.")
            : null;
    }

    /// <summary>The path of a member as a caller writes it; a name with other than letters stands as <c>['a b']</c>.</summary>
    private static string Field(string? path) => path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    /// <summary>Our own converters' messages are for callers; the framework's are not.</summary>
    private static string Reason(JsonException exception) => exception.Message switch
    {
        var own when own.StartsWith("A ", StringComparison.Ordinal) => own.Split(" Path:")[0],
        var unknown when unknown.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => "This call knows no such member.",
        var twice when twice.StartsWith("Duplicate propert", StringComparison.Ordinal) => "Is given twice.",
        _ => "Is malformed or of the wrong type.",
    };

    private static string Reason(string type, string value) =>
        type == nameof(PathId) && Id.Problem(Uri.UnescapeDataString(value)) is { } problem ? $"The id {problem}." : $"'{value}' is not a value of it.";

    private static Dictionary<string, string[]> Error(string field, string message) => new() { [field] = [message] };

    [GeneratedRegex("^Failed to bind parameter \"(?<type>\\S+) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex ParameterFailure();

    [GeneratedRegex("^Required parameter \"\\S+ (?<name>\\w+)\" was not provided from (?<source>.+)\\.$")]
    private static partial Regex MissingParameter();
}
