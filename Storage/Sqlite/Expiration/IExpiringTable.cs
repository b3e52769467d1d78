namespace Hearth.Storage.Sqlite.Expiration;

/// <summary>A table whose rows are dropped from a deadline on.</summary>
internal interface IExpiringTable
{
    /// <summary>What expires, for metrics and logs: <c>sessions</c>, <c>cache</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Drops some of the rows whose deadline has come, few enough that other writes wait no more than some milliseconds.
    /// Returns how many; 0 when none is left.
    /// </summary>
    Task<int> DropExpired(DateTimeOffset now);
}
