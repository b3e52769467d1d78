using Hearth.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hearth.Silo.Hosting;

/// <summary>How Hearth's programs start and end.</summary>
public static class StartExtensions
{
    /// <summary>Leaves it to <see cref="RunHearth"/> to tell why the program cannot start.</summary>
    public static WebApplicationBuilder AddStartMessages(this WebApplicationBuilder builder)
    {
        HostLogGate.AddTo(builder.Services);
        return builder;
    }

    /// <summary>Runs until stopped. Returns the exit code; a configuration that cannot start is told in one message, without a stack.</summary>
    /// <param name="app">The program.</param>
    /// <param name="beforeStart">What is waited for once the configuration is known to be good; null for nothing.</param>
    public static async Task<int> RunHearth(this WebApplication app, Func<IServiceProvider, Task>? beforeStart = null)
    {
        await using var disposed = app;
        try
        {
            // Before services are made, some of which open their stores.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await (beforeStart?.Invoke(app.Services) ?? Task.CompletedTask);
            await app.StartAsync();
            app.Services.GetRequiredService<HostLogGate>().Open();
        }
        catch (Exception exception) when (IsForTheOperator(exception))
        {
            await StopWhatHasStarted(app);
            await Console.Error.WriteLineAsync($"Hearth cannot start. {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before it had found the cluster.
            return 0;
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>What had started already would complain of being disposed of. Where nothing could be made at all, nothing can be stopped.</summary>
    private static async Task StopWhatHasStarted(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception)
        {
            // For the reason that is told now, or one that follows from it.
        }
    }

    /// <summary>A setting out of range or that cannot be read, a store or an address that cannot be used.</summary>
    private static bool IsForTheOperator(Exception exception) =>
        exception is StartupException or DataDirectoryException or DatabaseSchemaException or OptionsValidationException or IOException
            or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };
}
