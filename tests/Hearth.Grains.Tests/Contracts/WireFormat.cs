using System.Reflection;
using Hearth.GrainInterfaces.Serialization;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;
using Hearth.Model.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;

namespace Hearth.Grains.Tests.Contracts;

/// <summary>
/// All that silos of two releases must agree on beyond what the Orleans contracts analyzer pins: aliases, member ids and
/// types of everything serialized (messages, and state in the stores), and the numbers of enums. One line a fact.
/// </summary>
internal static class WireFormat
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = [.. new[] { typeof(IPageGrain).Assembly, typeof(PageGrain).Assembly }.SelectMany(assembly => assembly.GetTypes())];

    /// <summary>The names of types that know nothing of Orleans, which it is told of at start.</summary>
    private static readonly Dictionary<Type, string> Aliases = ReadAliases();

    /// <summary>What is serialized through a surrogate, by the surrogate.</summary>
    private static readonly Dictionary<Type, Type> Surrogates = Types
        .SelectMany(type => type.GetInterfaces().Append(type.BaseType))
        .Where(type => type is { IsGenericType: true } && (type.GetGenericTypeDefinition() == typeof(IConverter<,>) || type.GetGenericTypeDefinition() == typeof(UntrackedCodec<,>)))
        .Select(type => type!.GetGenericArguments())
        .Where(arguments => !arguments[0].IsGenericParameter)
        .ToDictionary(arguments => arguments[1], arguments => arguments[0]);

    public static string[] Describe() => [.. Types.SelectMany(Lines).Concat(ModelEnums().SelectMany(Enum)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type) => type switch
    {
        { IsEnum: true, IsPublic: true } => Enum(type),
        { IsInterface: true } when type.IsAssignableTo(typeof(IAddressable)) => [$"interface {type.FullName}: {Name(type)}"],
        _ when type.IsDefined(typeof(GenerateSerializerAttribute)) => Members(type).Prepend($"type {Name(type)}{Base(type)}"),
        _ when type.IsDefined(typeof(RegisterSerializerAttribute)) => Bases(type).Select(value => $"type {Name(value)}{Base(value)}"),
        _ => [],
    };

    private static IEnumerable<string> Enum(Type type) =>
        System.Enum.GetNames(type).Select(name => $"enum {Name(type)}: {name} = {Convert.ToInt64(System.Enum.Parse(type, name), null)}");

    /// <summary>Enums of the model that are in a message.</summary>
    private static IEnumerable<Type> ModelEnums() => Types.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute)))
        .SelectMany(type => type.GetProperties(Declared)).Select(property => property.PropertyType)
        .Where(type => type.IsEnum && type.Assembly == typeof(PageView).Assembly).Distinct();

    /// <summary>What a codec that is written by hand serializes as a part of others.</summary>
    private static IEnumerable<Type> Bases(Type codec) => codec.GetInterfaces()
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IBaseCodec<>)).Select(type => type.GetGenericArguments()[0]);

    private static Dictionary<Type, string> ReadAliases()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        return services.GetRequiredService<IOptions<TypeManifestOptions>>().Value.WellKnownTypeAliases
            .Where(alias => alias.Value.Assembly == typeof(PageView).Assembly).ToDictionary(alias => alias.Value, alias => alias.Key);
    }

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Select(member => (Id: member.GetCustomAttribute<IdAttribute>()?.Id, Type: (member as PropertyInfo)?.PropertyType ?? (member as FieldInfo)?.FieldType))
        .Where(member => member is { Id: not null, Type: not null })
        .Select(member => $"type {Name(type)}: {member.Id} {Name(member.Type!)}");

    private static string Base(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? $" is {Name(parent)}" : "";

    private static string Name(Type type)
    {
        if (Surrogates.TryGetValue(type, out var value) && Aliases.ContainsKey(value))
        {
            type = value;
        }

        if (Aliases.TryGetValue(type, out var name))
        {
            return name;
        }

        if (type.GetCustomAttribute<AliasAttribute>(inherit: false) is { } alias)
        {
            return alias.Alias;
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        name = type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName!;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
