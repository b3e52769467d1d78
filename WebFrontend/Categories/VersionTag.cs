using Microsoft.Net.Http.Headers;

namespace Hearth.WebFrontend.Categories;

/// <summary>The version as an entity tag (RFC 9110, section 8.8.3): it decides every byte of what one URL answers.</summary>
internal static class VersionTag
{
    /// <summary>Tags the answer; returns whether the caller has it already.</summary>
    public static bool Matches(HttpContext context, long version)
    {
        var tag = Set(context, version);
        return context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
            && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
    }

    /// <summary>Tags the answer, also one without a body, such as that of a deletion.</summary>
    public static EntityTagHeaderValue Set(HttpContext context, long version)
    {
        var tag = new EntityTagHeaderValue($"\"{version}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        return tag;
    }
}
