namespace Hearth.Contract.Tests.Conventions;

[Collection(Cluster.Name)]
public sealed class ClusterEveryCall(ClusterServer server) : EveryCallContract(server.OrSkip());
