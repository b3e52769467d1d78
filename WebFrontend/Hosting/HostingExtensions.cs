using System.Text.Encodings.Web;
using Hearth.Storage;
using Hearth.WebFrontend.Requests;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Hosting;

internal static class HostingExtensions
{
    /// <summary>500 ids of 256 bytes, each byte percent-encoded, and their parameter's name.</summary>
    private const int MaxRequestLineBytes = 512 * 1024;

    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Sets what every endpoint shares: the default address, JSON, time, and how the process stops.</summary>
    public static WebApplicationBuilder AddHearthHosting(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.Converters.Add(new UtcMillisecondsConverter());
        });
        return builder;
    }

    /// <summary>Runs until stopped. Returns the exit code; a configuration that cannot start is told in one message, without a stack.</summary>
    public static async Task<int> RunHearth(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (IsForTheOperator(exception))
        {
            await Console.Error.WriteLineAsync($"Hearth cannot start. {exception.Message}");
            return 1;
        }
    }

    /// <summary>A setting out of range or that cannot be read, a data directory or an address that cannot be used.</summary>
    private static bool IsForTheOperator(Exception exception) =>
        exception is StartupException or DataDirectoryException or DatabaseSchemaException or OptionsValidationException or IOException
            or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };
}
