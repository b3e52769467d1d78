using System.Runtime.CompilerServices;
using Hearth.Model.Ids;

namespace Hearth.AspNetCore.Hosting;

internal static class ValidId
{
    /// <exception cref="ArgumentException">It is not a valid id.</exception>
    public static string Check(string? id, [CallerArgumentExpression(nameof(id))] string? name = null) =>
        Id.Problem(id) is { } problem ? throw new ArgumentException($"The id {problem}.", name) : id!;

    /// <summary>The id where it is valid, and otherwise null.</summary>
    public static string? OrNull(string? id) => Id.Problem(id) is null ? id : null;
}
