namespace Hearth.Storage.Sqlite;

/// <summary>Times as the files keep them: Unix milliseconds, and NULL for never.</summary>
internal static class SqliteTime
{
    public static long ToSqlite(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? ToSqlite(this DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static long ToSqlite(this TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMillisecond;

    public static long? ToSqlite(this TimeSpan? duration) => duration?.ToSqlite();

    public static DateTimeOffset ToTime(this long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static TimeSpan ToDuration(this long milliseconds) => new(milliseconds * TimeSpan.TicksPerMillisecond);
}
