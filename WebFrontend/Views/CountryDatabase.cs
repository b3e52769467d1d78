using System.Net;
using Hearth.Model.Views;
using Hearth.Storage.Hosting;
using MaxMind.Db;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Views;

/// <summary>
/// Tells the country of an address by the file that <c>Views:GeoDatabase</c> names, in MaxMind's format, and reads it again
/// once it was replaced. Without such a file no country is known.
/// </summary>
internal sealed partial class CountryDatabase(IOptions<ViewsOptions> options, TimeProvider time, ILogger<CountryDatabase> logger) : StoppableService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    private readonly string? _path = options.Value.GeoDatabase;
    private volatile Reader? _reader;
    private DateTime _writtenAt;

    /// <summary>The country's ISO 3166 code, such as <c>DE</c>; null where it is not known.</summary>
    public string? CountryOf(IPAddress address) => _reader?.Find<Dictionary<string, object>>(address) is { } found
        ? IsoCode(found, "country") ?? IsoCode(found, "registered_country") : null;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_path is not null)
        {
            try
            {
                Load();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDatabaseException)
            {
                throw new OptionsValidationException("Views", typeof(ViewsOptions), [$"Views:GeoDatabase must name a file in MaxMind's format that can be read: {exception.Message}"]);
            }
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task Run(CancellationToken stoppingToken)
    {
        while (_path is not null)
        {
            await Task.Delay(Poll, time, stoppingToken);
            try
            {
                if (File.GetLastWriteTimeUtc(_path) != _writtenAt)
                {
                    Load();
                    LogLoaded(_path);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDatabaseException)
            {
                _writtenAt = File.GetLastWriteTimeUtc(_path);
                LogKept(exception, _path);
            }
        }
    }

    private static string? IsoCode(Dictionary<string, object> found, string name) =>
        found.GetValueOrDefault(name) is Dictionary<string, object> country ? country.GetValueOrDefault("iso_code") as string : null;

    /// <summary>Into memory, so that the file may be replaced in any way. The reader before is left to those who are reading in it.</summary>
    private void Load()
    {
        _writtenAt = File.GetLastWriteTimeUtc(_path!);
        using var file = File.OpenRead(_path!);
        _reader = new Reader(file);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The countries of addresses were read anew from {Path}.")]
    private partial void LogLoaded(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read, and the countries of addresses are as they were before.")]
    private partial void LogKept(Exception exception, string path);
}
