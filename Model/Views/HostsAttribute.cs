using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Views;

/// <summary>Holds of lists of hosts, or of URLs that have one, as <see cref="ReferrerHosts"/> reads them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostsAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string[] hosts && hosts.All(host => !string.IsNullOrEmpty(ReferrerHosts.Parse(host)));
}
