namespace Hearth.Contract.Tests.Operating;

[Collection(Cluster.Name)]
public sealed class ClusterOperating(ClusterServer server) : OperatingContract(server.OrSkip());
