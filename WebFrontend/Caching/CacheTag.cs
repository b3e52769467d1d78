using System.Collections.Immutable;
using System.Globalization;
using Hearth.GrainInterfaces.Caching;
using Hearth.WebFrontend.Requests;
using Microsoft.Net.Http.Headers;

namespace Hearth.WebFrontend.Caching;

/// <summary>An entry's version as a strong entity tag (RFC 9110, section 8.8.3): each value that is put has another one.</summary>
internal static class CacheTag
{
    private const string Format = "x16";

    public static string Of(long version) => $"\"{version.ToString(Format, CultureInfo.InvariantCulture)}\"";

    /// <summary>What a request makes a write depend on, or refuses the request where that cannot be told.</summary>
    public static CacheCondition ToCondition(string? ifMatch, string? ifNoneMatch)
    {
        if (ifMatch is null && ifNoneMatch is null)
        {
            return CacheCondition.Always;
        }

        var (match, any) = Parse("If-Match", ifMatch, isStrong: true);
        var (noneMatch, none) = Parse("If-None-Match", ifNoneMatch, isStrong: false);
        return new CacheCondition(match, noneMatch, any, none);
    }

    /// <summary>Whether a reader that names these tags has the value already. What is malformed names none.</summary>
    public static bool IsKnown(string? ifNoneMatch, long version) =>
        ifNoneMatch is not null
        && EntityTagHeaderValue.TryParseStrictList([ifNoneMatch], out var tags)
        && (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)) || Versions(tags, isStrong: false).Contains(version));

    private static (ImmutableArray<long>? Versions, bool IsAny) Parse(string header, string? value, bool isStrong)
    {
        if (value is null)
        {
            return (null, false);
        }

        if (!EntityTagHeaderValue.TryParseStrictList([value], out var tags) || tags.Count == 0)
        {
            throw new InvalidRequestException(header, "Must be * or a list of entity tags, each in quotes.");
        }

        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)) ? (null, true) : ([.. Versions(tags, isStrong)], false);
    }

    /// <summary>Tags that are none of ours match no entry; neither do weak ones where the comparison is strong.</summary>
    private static IEnumerable<long> Versions(IEnumerable<EntityTagHeaderValue> tags, bool isStrong)
    {
        foreach (var tag in tags)
        {
            if (!(isStrong && tag.IsWeak)
                && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version)
                && tag.Tag == Of(version))
            {
                yield return version;
            }
        }
    }
}
