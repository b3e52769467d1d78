namespace Hearth.AspNetCore.Tests.Caching;

[Collection(Cluster.Name)]
public sealed class ClusterDistributedCache(ClusterSite site) : DistributedCacheContract(site);
