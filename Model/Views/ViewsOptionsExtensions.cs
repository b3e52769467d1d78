using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Model.Views;

/// <summary>Registers what silos, stores and front ends all need to count views.</summary>
public static class ViewsOptionsExtensions
{
    /// <summary>Adds <see cref="ViewsOptions"/> and the calendar made from them. May be called more than once.</summary>
    public static IHostApplicationBuilder AddViewsOptions(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ViewCalendar)))
        {
            return builder;
        }

        builder.Services.AddOptionsWithValidateOnStart<ViewsOptions>().BindConfiguration("Views").ValidateDataAnnotations();
        builder.Services.AddSingleton<ViewCalendar>();
        return builder;
    }
}
