using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Views;

/// <summary>Holds of names of time zones that this machine knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeZoneNameAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
