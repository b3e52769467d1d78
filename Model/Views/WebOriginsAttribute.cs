using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Views;

/// <summary>Holds of lists of origins of the web as browsers send them (RFC 6454, section 6.2), so that comparing them is exact.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebOriginsAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string[] origins && origins.All(IsOrigin);

    /// <summary>In lower case, without a path, a slash at the end, the scheme's default port, or a host that is not in ASCII.</summary>
    private static bool IsOrigin(string origin) =>
        origin.All(char.IsAscii)
        && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0
        && uri.GetLeftPart(UriPartial.Authority) == origin;
}
