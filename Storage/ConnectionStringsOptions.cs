namespace Hearth.Storage;

/// <summary>Where the cluster's stores are. Section <c>ConnectionStrings</c>; with neither, the stores are embedded.</summary>
public sealed class ConnectionStringsOptions
{
    /// <summary>Redis, in StackExchange.Redis' form, such as <c>10.0.0.5:6379,password=...</c>.</summary>
    public string? Redis { get; set; }

    /// <summary>PostgreSQL, in Npgsql's form, such as <c>Host=10.0.0.6;Database=site;Username=hearth;Password=...</c>.</summary>
    public string? Postgres { get; set; }
}
