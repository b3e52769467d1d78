using Hearth.Model.Ids;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// An id that stands in a path. <see cref="RequestTargetMiddleware"/> leaves path segments percent-encoded, so that an
/// encoded slash is part of the id; here it is decoded and checked.
/// </summary>
internal readonly record struct PathId(string Value)
{
    public static implicit operator string(PathId id) => id.Value;

    /// <summary>Binds a route value; false if the id breaks the rule for ids.</summary>
    public static bool TryParse(string? segment, out PathId id)
    {
        id = new PathId(Uri.UnescapeDataString(segment ?? ""));
        return Id.Problem(id) is null;
    }

    public override string ToString() => Value;
}
