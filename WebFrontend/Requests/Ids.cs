using Hearth.Model.Ids;

namespace Hearth.WebFrontend.Requests;

/// <summary>Checks ids that stand in queries and bodies.</summary>
internal static class Ids
{
    /// <summary>How many ids a query may repeat.</summary>
    public const int MaxInQuery = 500;

    /// <summary>Returns the id, or refuses the request.</summary>
    public static string Check(string field, string? id) =>
        Id.Problem(id) is { } problem ? throw new InvalidRequestException(field, $"The id {problem}.") : id!;

    /// <summary>Returns the 1 to 500 ids of a repeated query parameter, or refuses the request.</summary>
    public static string[] CheckQuery(string field, string[]? ids)
    {
        if (ids is null or [])
        {
            throw new InvalidRequestException(field, $"Repeat {field}= once for each id, 1 to {MaxInQuery} times.");
        }

        return CheckOptionalQuery(field, ids);
    }

    /// <summary>Returns the 0 to 500 ids of a repeated query parameter, or refuses the request.</summary>
    public static string[] CheckOptionalQuery(string field, string[]? ids)
    {
        if (ids?.Length > MaxInQuery)
        {
            throw new InvalidRequestException(field, $"At most {MaxInQuery} ids, and there are {ids.Length}.");
        }

        return [.. (ids ?? []).Select(id => Check(field, id))];
    }
}
