namespace Hearth.Contract.Tests.Conventions;

[Collection(Cluster.Name)]
public sealed class ClusterConventions(ClusterServer server) : ConventionsContract(server.OrSkip());
