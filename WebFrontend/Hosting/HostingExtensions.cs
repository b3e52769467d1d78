using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Hearth.WebFrontend.Requests;
using Hearth.WebFrontend.Views;

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
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.Converters.Add(new UtcMillisecondsConverter());
            options.SerializerOptions.Converters.Add(new ViewTimeConverter());
        });
        return builder;
    }

    /// <summary>Lets no browser take an answer for another type than it says, whatever becomes of the request.</summary>
    public static void UseNoSniff(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(AddNoSniff, context.Response);
        return next(context);
    });

    private static Task AddNoSniff(object response)
    {
        ((HttpResponse)response).Headers.XContentTypeOptions = "nosniff";
        return Task.CompletedTask;
    }
}
