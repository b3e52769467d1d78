namespace Hearth.Contract.Tests.Conventions;

[Collection(Cluster.Name)]
public sealed class ClusterOddInput(ClusterServer server) : OddInputContract(server.OrSkip());
