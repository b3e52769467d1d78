using System.Collections.Immutable;
using System.Reflection;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Hearth.Grains.Tests.Contracts;

/// <summary>One value that silos send or store, the same in every release.</summary>
/// <param name="Name">What its line in <c>golden-bytes.txt</c> begins with.</param>
/// <param name="Write">Its bytes as this release writes them.</param>
/// <param name="Rewrite">Reads bytes and writes what was read. Nothing is lost where the bytes stay the same.</param>
internal sealed record Sample(string Name, Func<Serializer, byte[]> Write, Func<Serializer, byte[], byte[]> Rewrite)
{
    /// <summary>State as it is stored: its type is known to the reader, and not written.</summary>
    public static Sample State<T>(string name, T value) => new(
        $"state {name}",
        serializer => serializer.SerializeToArray(value),
        (serializer, bytes) => serializer.SerializeToArray(serializer.Deserialize<T>(bytes)));

    /// <summary>The answer of a grain's method that returns <typeparamref name="T"/>.</summary>
    public static Sample Answer<T>(string name, T value) => Body($"answer {name}", () => Response.FromResult(value));

    /// <summary>The answer of a method that failed.</summary>
    public static Sample Failure(string name, Exception exception) => Body($"failure {name}", () => Response.FromException(exception));

    /// <summary>A call of a grain's method.</summary>
    public static Sample Call<TGrain>(string method, params ImmutableArray<object?> arguments)
        where TGrain : IAddressable => Body($"call {typeof(TGrain).Name} {method}", () =>
    {
        var type = typeof(TGrain).Assembly.GetTypes().Single(type =>
            type.GetCustomAttribute<CompoundTypeAliasAttribute>() is { Components: [_, _, Type grain, string alias] } && grain == typeof(TGrain) && alias == method);
        var call = (IInvokable)Activator.CreateInstance(type)!;
        for (var i = 0; i < arguments.Length; i++)
        {
            call.SetArgument(i, arguments[i]!);
        }

        return call;
    });

    private static Sample Body(string name, Func<object> body) => new(
        name,
        serializer => serializer.SerializeToArray(body()),
        (serializer, bytes) => serializer.SerializeToArray(serializer.Deserialize<object>(bytes)));
}
