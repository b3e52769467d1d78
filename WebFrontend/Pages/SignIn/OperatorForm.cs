using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>Reads what one of the pages' forms sends.</summary>
internal static class OperatorForm
{
    /// <summary>Whether a body has the form that browsers give it.</summary>
    public static bool IsOne(HttpRequest request) => MediaType.IsOf(request, MediaType.Form);

    /// <exception cref="InvalidRequestException">It is longer or has more fields than any form.</exception>
    public static async Task<IFormCollection> Read(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidRequestException("body", exception.Message);
        }
    }
}
