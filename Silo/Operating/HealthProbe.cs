namespace Hearth.Silo.Operating;

/// <summary>
/// Asks a running process how it is, so that an image which holds no other program can be checked:
/// <c>--health http://localhost:8080/health/ready</c> instead of everything else.
/// </summary>
public static class HealthProbe
{
    /// <summary>The argument before the address to ask.</summary>
    public const string Argument = "--health";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Prints the answer. Returns the exit code: 0 where it is a success, 1 where it is not, or none comes within 5 seconds.</summary>
    /// <param name="address">An absolute address.</param>
    public static async Task<int> Run(string address)
    {
        using var client = new HttpClient { Timeout = Limit };
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or UriFormatException or NotSupportedException)
        {
            await Console.Error.WriteLineAsync($"{address}: {exception.Message}");
            return 1;
        }
    }
}
