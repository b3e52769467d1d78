using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http;

namespace Hearth.WebFrontend.Tests.Requests;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON", true)]
    [InlineData("application/json ; charset=utf-8", true)]
    [InlineData("application/json;CHARSET=UTF-8", true)]
    [InlineData("application/json; charset=\"utf-8\"", true)]
    [InlineData("application/json; charset=\"ut\\f-8\"", true)]
    [InlineData("application/json; q=\"a;charset=x\"; v=2", true)]
    [InlineData("application/json; charset=utf8", false)]
    [InlineData("application/json; charset=\"utf-16\"", false)]
    [InlineData("application/json; charset='utf-8'", false)]
    [InlineData("application/json; charset=utf-8; charset=latin1", false)]
    [InlineData("application/json; charset=", false)]
    [InlineData("application/json; charset=\"utf-8", false)]
    [InlineData("application/json, application/json", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("text/plain", false)]
    [InlineData("json", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_media_type_is_read_as_rfc_9110_writes_it(string? contentType, bool isJson)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = contentType;

        Assert.Equal(isJson, MediaType.IsOf(request, MediaType.Json));
    }
}
