using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Hearth.Storage;

/// <summary>The cluster needs both stores: with one of them half the state would silently be embedded.</summary>
internal sealed class ConnectionStringsValidator : IValidateOptions<ConnectionStringsOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectionStringsOptions options) =>
        (string.IsNullOrWhiteSpace(options.Redis), string.IsNullOrWhiteSpace(options.Postgres)) switch
        {
            (true, false) => ValidateOptionsResult.Fail("ConnectionStrings:Postgres is set and ConnectionStrings:Redis is missing. Set both, or neither."),
            (false, true) => ValidateOptionsResult.Fail("ConnectionStrings:Redis is set and ConnectionStrings:Postgres is missing. Set both, or neither."),
            (false, false) => ValidateRedis(options.Redis!),
            (true, true) => ValidateOptionsResult.Success,
        };

    private static ValidateOptionsResult ValidateRedis(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString).EndPoints.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("ConnectionStrings:Redis must name a server, such as localhost:6379.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return ValidateOptionsResult.Fail($"ConnectionStrings:Redis cannot be read: {exception.Message}");
        }
    }
}
