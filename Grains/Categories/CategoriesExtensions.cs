using Hearth.Model.Categories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Hearth.Grains.Categories;

/// <summary>Registers what the grains of this room need.</summary>
public static class CategoriesExtensions
{
    /// <summary>Adds the options and metrics of categories and products.</summary>
    public static IHostApplicationBuilder AddCategories(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<CategoriesOptions>().BindConfiguration("Categories").ValidateDataAnnotations();
        builder.Services.TryAddSingleton<CategoriesMetrics>();
        return builder;
    }
}
