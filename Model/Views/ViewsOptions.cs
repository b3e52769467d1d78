using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Views;

/// <summary>How views are counted. Section <c>Views</c>.</summary>
public sealed class ViewsOptions
{
    /// <summary>
    /// How many partitions the view log has, 1 to 64. Each has one reader. After lowering it, what stands in the
    /// partitions above is still read.
    /// </summary>
    [Range(1, 64, ErrorMessage = "Views:Partitions must be between 1 and 64.")]
    public int Partitions { get; set; } = 4;

    /// <summary>For how long an event id counts once, 1 second to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ErrorMessage = "Views:EventIdWindow must be between 00:00:01 and 30.00:00:00.")]
    public TimeSpan EventIdWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The most entries the log holds, shared evenly by its partitions, 1 to 100,000,000. Past it views are refused
    /// until readers have caught up.
    /// </summary>
    [Range(1, 100_000_000, ErrorMessage = "Views:MaxLogEntries must be between 1 and 100000000.")]
    public int MaxLogEntries { get; set; } = 1_000_000;

    /// <summary>How often readers have pages persist and then trim the log, 100 milliseconds to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Views:CheckpointInterval must be between 00:00:00.1 and 00:10:00.")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often persisted counts are written to the database, 100 milliseconds to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ErrorMessage = "Views:FlushInterval must be between 00:00:00.1 and 1.00:00:00.")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For how many days a page keeps its counts in memory and in its state once the database has them, 1 to 400. The whole
    /// state is written at each checkpoint of a page that is viewed, so more days cost writes; older days are read from the
    /// database when somebody asks, or a late view comes.
    /// </summary>
    [Range(1, 400, ErrorMessage = "Views:HotDays must be between 1 and 400.")]
    public int HotDays { get; set; } = 2;

    /// <summary>How many locations a page counts apart on one day, 1 to 10,000; further ones count as <c>other</c>.</summary>
    [Range(1, 10_000, ErrorMessage = "Views:MaxLocations must be between 1 and 10000.")]
    public int MaxLocations { get; set; } = 200;

    /// <summary>How many referrers a page counts apart on one day, 1 to 10,000; further ones count as <c>other</c>.</summary>
    [Range(1, 10_000, ErrorMessage = "Views:MaxReferrers must be between 1 and 10000.")]
    public int MaxReferrers { get; set; } = 200;

    /// <summary>How many campaigns a page counts apart on one day, 1 to 10,000; further ones count as <c>other</c>.</summary>
    [Range(1, 10_000, ErrorMessage = "Views:MaxCampaigns must be between 1 and 10000.")]
    public int MaxCampaigns { get; set; } = 200;

    /// <summary>For how many days views are kept by hour, 1 to 36,500.</summary>
    [Range(1, 36_500, ErrorMessage = "Views:HourlyDays must be between 1 and 36500.")]
    public int HourlyDays { get; set; } = 62;

    /// <summary>
    /// For how many days the sketches of visitors are kept, 1 to 36,500: over ranges within them visitors are distinct, over
    /// others the sum of each day's.
    /// </summary>
    [Range(1, 36_500, ErrorMessage = "Views:SketchDays must be between 1 and 36500.")]
    public int SketchDays { get; set; } = 400;

    /// <summary>For how many days views are kept by referrer and campaign, and those of bots by location, 1 to 36,500.</summary>
    [Range(1, 36_500, ErrorMessage = "Views:BreakdownDays must be between 1 and 36500.")]
    public int BreakdownDays { get; set; } = 400;

    /// <summary>
    /// The site's own hosts, such as <c>www.example.com</c>: a view that came from one of them has no referrer.
    /// </summary>
    [Hosts(ErrorMessage = "Views:OwnHosts must hold hosts, such as www.example.com.")]
    public string[] OwnHosts { get; set; } = [];

    /// <summary>A file in MaxMind's format with the countries of addresses, which fill absent locations; null for none.</summary>
    public string? GeoDatabase { get; set; }

    /// <summary>The time zone whose days are counted, as an IANA name such as <c>Europe/Berlin</c>.</summary>
    [TimeZoneName(ErrorMessage = "Views:TimeZone must name a time zone that this machine knows, such as UTC or Europe/Berlin.")]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>
    /// The origins, such as <c>https://www.example.com</c>, whose pages may count views from the browser although Hearth has
    /// another origin. Each is written exactly as browsers send it; none is the default.
    /// </summary>
    [WebOrigins(ErrorMessage =
        "Views:Origins must hold origins as browsers send them, such as https://www.example.com or http://localhost:3000: in lower case, without a path, a slash at the end or a default port.")]
    public string[] Origins { get; set; } = [];

    /// <summary>
    /// Whether a view that is posted with <c>Sec-GPC: 1</c> (Global Privacy Control) or <c>DNT: 1</c> counts without its visitor.
    /// </summary>
    public bool RespectPrivacySignals { get; set; } = true;
}
