using Microsoft.AspNetCore.Http.Metadata;

namespace Hearth.WebFrontend.Requests;

/// <summary>HEAD for what GET reads (RFC 9110, section 9.3.2). The server itself withholds the body.</summary>
internal static class HeadExtensions
{
    private static readonly HttpMethodMetadata GetAndHead = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>Lets each GET endpoint of the group answer HEAD too, except endless streams, which would not end for HEAD either.</summary>
    public static RouteGroupBuilder AnswerHead(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(AddHead);
        return group;
    }

    private static void AddHead(EndpointBuilder endpoint)
    {
        var isRead = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: ["GET"] };
        var isStream = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.ContentTypes.Contains("text/event-stream"));
        if (isRead && !isStream)
        {
            endpoint.Metadata.Add(GetAndHead);
        }
    }
}
