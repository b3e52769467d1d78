namespace Hearth.Contract.Tests.Caching;

[Collection(Cluster.Name)]
public sealed class ClusterCaching(ClusterServer server) : CachingContract(server.OrSkip());
