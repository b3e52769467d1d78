namespace Hearth.Storage.Redis.Membership;

/// <summary>
/// The membership table, in which a silo's own times are by the cluster's clock. Orleans writes the machine's, and other silos
/// compare it with theirs: one that is minutes behind would be thrown out while it joins, as one that has been joining for long.
/// </summary>
/// <param name="table">Orleans' table.</param>
/// <param name="silo">This silo.</param>
/// <param name="time">The cluster's clock.</param>
internal sealed class ClusterTimeTable(IMembershipTable table, ILocalSiloDetails silo, TimeProvider time) : IMembershipTable
{
    private readonly Lazy<DateTime> _started = new(() => time.GetUtcNow().UtcDateTime);

    /// <exception cref="Model.Storage.StoreUnavailableException">
    /// Redis is away or reads its file. The silo ends, to be started again: its generation and its clock are to come from Redis,
    /// and it has asked for them already.
    /// </exception>
    public async Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken = default)
    {
        try
        {
            await table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);
        }
        catch (Exception exception) when (RedisClient.IsOutage(exception))
        {
            throw RedisClient.Unavailable(exception);
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
}
