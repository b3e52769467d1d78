using Microsoft.Extensions.Logging;
using Orleans.Clustering.Redis;

namespace Hearth.Storage.Redis.Membership;

/// <summary>
/// The membership table, in which a silo's own times are by the cluster's clock. Orleans writes the machine's, and other silos
/// compare it with theirs: one that is minutes behind would be thrown out while it joins, as one that has been joining for long.
/// </summary>
/// <param name="table">Orleans' table.</param>
/// <param name="silo">This silo.</param>
/// <param name="time">The cluster's clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ClusterTimeTable(
    IMembershipTable table, ILocalSiloDetails silo, TimeProvider time, ILogger<ClusterTimeTable> logger) : IMembershipTable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Lazy<DateTime> _started = new(() => time.GetUtcNow().UtcDateTime);

    /// <summary>Waits for a Redis that is away or still loading its file: a silo that starts meanwhile would end otherwise.</summary>
    public async Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                await table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);
                return;
            }
            catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
            {
                LogWaiting(exception.Message);
            }

            await Task.Delay(RetryPause, TimeProvider.System, cancellationToken);
        }
    }

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        table.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken = default) =>
        table.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken);

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default) =>
        table.ReadRowAsync(key, cancellationToken);

    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default) => table.ReadAllAsync(cancellationToken);

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        table.InsertRowAsync(ByClusterTime(entry), tableVersion, cancellationToken);

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        table.UpdateRowAsync(ByClusterTime(entry), etag, tableVersion, cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) =>
        table.UpdateIAmAliveAsync(ByClusterTime(entry), cancellationToken);

    Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion);

    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId);

    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate);

    Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key) => ReadRowAsync(key);

    Task<MembershipTableData> IMembershipTable.ReadAll() => ReadAllAsync();

    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion);

    Task<bool> IMembershipTable.UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion);

    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry);

    /// <summary>What others wrote of themselves is by the cluster's clock already.</summary>
    private MembershipEntry ByClusterTime(MembershipEntry entry)
    {
        if (entry.SiloAddress.Equals(silo.SiloAddress))
        {
            entry.StartTime = _started.Value;
            entry.IAmAliveTime = time.GetUtcNow().UtcDateTime;
        }

        return entry;
    }

    /// <summary>Orleans' provider wraps some of the driver's exceptions.</summary>
    private static bool IsOutage(Exception exception) =>
        RedisClient.IsOutage(exception) || (exception is RedisClusteringException { InnerException: { } inner } && RedisClient.IsOutage(inner));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster cannot be joined yet, since Redis does not answer: {Reason}")]
    private partial void LogWaiting(string reason);
}
