using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hearth.Model.Presence;

/// <summary>Registers <see cref="PresenceOptions"/>, which silos and front ends share.</summary>
public static class PresenceOptionsExtensions
{
    /// <summary>Binds the section <c>Presence</c> and validates it at start. May be called more than once.</summary>
    public static IHostApplicationBuilder AddPresenceOptions(this IHostApplicationBuilder builder)
    {
        if (!builder.Services.Any(service => service.ServiceType == typeof(IValidateOptions<PresenceOptions>)))
        {
            builder.Services.AddOptionsWithValidateOnStart<PresenceOptions>().BindConfiguration("Presence").ValidateDataAnnotations();
        }

        return builder;
    }
}
