using System.Collections;
using System.Reflection;
using Hearth.AspNetCore.Caching;
using Hearth.WebFrontend.Keys;

namespace Hearth.WebFrontend.Tests.Shipping;

/// <summary>Every setting that the code reads from its options classes, with its default.</summary>
internal static class Settings
{
    private const string Suffix = "Options";

    /// <summary>By key, such as <c>Views:HotDays</c>; null for those that have no default. <see cref="AnswerOptions"/> go with a call, and delegates are set in code.</summary>
    public static IReadOnlyDictionary<string, object?> Defaults { get; } = HearthAssemblies(typeof(KeysOptions).Assembly)
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type != typeof(AnswerOptions))
        .SelectMany(type => type.GetProperties().Where(property => property.SetMethod is not null && !property.PropertyType.IsAssignableTo(typeof(Delegate))).Select(property => (
            Key: $"{Section(type)}:{property.Name}", Default: Value(property, Activator.CreateInstance(type)!))))
        .ToDictionary(setting => setting.Key, setting => setting.Default);

    private static string Section(Type type) => type.Name[..^Suffix.Length] switch
    {
        "SiloEndpoint" => "Silo",
        "Drain" => "FrontEnd",
        var section => section,
    };

    private static object? Value(PropertyInfo property, object options) => property.GetValue(options) switch
    {
        "" or ICollection { Count: 0 } => null,
        var value => value,
    };

    private static HashSet<Assembly> HearthAssemblies(Assembly assembly, HashSet<Assembly>? found = null)
    {
        found ??= [];
        if (found.Add(assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Hearth.", StringComparison.Ordinal)))
            {
                HearthAssemblies(Assembly.Load(name), found);
            }
        }

        return found;
    }
}
