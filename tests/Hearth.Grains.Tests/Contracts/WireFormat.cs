using System.Reflection;
using Hearth.GrainInterfaces.Views;
using Hearth.Grains.Views;

namespace Hearth.Grains.Tests.Contracts;

/// <summary>
/// All that silos of two releases must agree on beyond what the Orleans contracts analyzer pins: aliases, member ids and
/// types of everything serialized (messages, and state in the stores), and the numbers of enums. One line a fact.
/// </summary>
internal static class WireFormat
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static string[] Describe() =>
        [.. new[] { typeof(IPageGrain).Assembly, typeof(PageGrain).Assembly }.SelectMany(assembly => assembly.GetTypes()).SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type) => type switch
    {
        { IsEnum: true, IsPublic: true } => Enum.GetNames(type).Select(name => $"enum {Name(type)}: {name} = {Convert.ToInt64(Enum.Parse(type, name), null)}"),
        { IsInterface: true } when type.IsAssignableTo(typeof(IAddressable)) => [$"interface {type.FullName}: {Name(type)}"],
        _ when type.IsDefined(typeof(GenerateSerializerAttribute)) => Members(type).Prepend($"type {Name(type)}{Base(type)}"),
        _ => [],
    };

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Select(member => (Id: member.GetCustomAttribute<IdAttribute>()?.Id, Type: (member as PropertyInfo)?.PropertyType ?? (member as FieldInfo)?.FieldType))
        .Where(member => member is { Id: not null, Type: not null })
        .Select(member => $"type {Name(type)}: {member.Id} {Name(member.Type!)}");

    private static string Base(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? $" is {Name(parent)}" : "";

    private static string Name(Type type)
    {
        if (type.GetCustomAttribute<AliasAttribute>(inherit: false) is { } alias)
        {
            return alias.Alias;
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        var name = type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName!;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
