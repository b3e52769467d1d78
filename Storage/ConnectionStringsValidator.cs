using Hearth.Storage.Postgres;
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
            (false, false) => ValidateRedis(options.Redis!) is { Failed: true } fault ? fault : ValidatePostgres(options.Postgres!),
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

    private static ValidateOptionsResult ValidatePostgres(string connectionString)
    {
        try
        {
            return string.IsNullOrEmpty(PostgresDatabase.Configure(connectionString).Host)
                ? ValidateOptionsResult.Fail("ConnectionStrings:Postgres must name a server, such as Host=localhost;Database=site;Username=hearth.")
                : ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return ValidateOptionsResult.Fail($"ConnectionStrings:Postgres cannot be read: {exception.Message}");
        }
    }
}
