using Hearth.Model.Categories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.AspNetCore.Categories;

internal static class CategoryReplicaExtensions
{
    /// <summary>Adds this process's copy of the category tree, and what keeps it up to date.</summary>
    public static IHostApplicationBuilder AddCategoryReplica(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<CategoriesOptions>().BindConfiguration("Categories").ValidateDataAnnotations();
        builder.Services.AddSingleton<CategoryReplica>();
        builder.Services.AddHostedService<CategoryReplicaFeed>();
        return builder;
    }
}
