using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Silo.Hosting;

/// <summary>
/// Keeps .NET's host from logging why it could not start, with its stack, since <see cref="StartExtensions.RunHearth"/> tells
/// it in one sentence. From the start on the host is heard.
/// </summary>
internal sealed class HostLogGate
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isOpen;

    public void Open() => _isOpen = true;

    public static void AddTo(IServiceCollection services)
    {
        var gate = new HostLogGate();
        services.AddSingleton(gate);
        services.Configure<LoggerFilterOptions>(options => options.Rules.Add(
            new LoggerFilterRule(providerName: null, HostCategory, LogLevel.Information, (_, _, _) => gate._isOpen)));
    }
}
