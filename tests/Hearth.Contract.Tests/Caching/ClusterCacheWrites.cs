namespace Hearth.Contract.Tests.Caching;

[Collection(Cluster.Name)]
public sealed class ClusterCacheWrites(ClusterServer server) : CacheWritesContract(server.OrSkip());
