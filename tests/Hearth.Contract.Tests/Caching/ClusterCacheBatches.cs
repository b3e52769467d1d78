namespace Hearth.Contract.Tests.Caching;

[Collection(Cluster.Name)]
public sealed class ClusterCacheBatches(ClusterServer server) : CacheBatchesContract(server.OrSkip());
