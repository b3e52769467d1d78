using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Keys;

/// <summary>Refuses keys that no header could carry.</summary>
internal sealed class KeysOptionsValidator : IValidateOptions<KeysOptions>
{
    public ValidateOptionsResult Validate(string? name, KeysOptions options)
    {
        List<string> failures =
        [
            .. Check("Keys:Public", options.Public),
            .. Check("Keys:App", options.App),
            .. Check("Keys:Admin", options.Admin),
        ];
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Check(string key, string[] values) => values
        .Where(value => value.Length == 0 || value.Any(c => c is < '!' or > '~'))
        .Select(_ => $"{key} must hold keys of printable ASCII characters without spaces.");
}
