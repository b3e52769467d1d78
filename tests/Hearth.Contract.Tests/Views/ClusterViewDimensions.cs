namespace Hearth.Contract.Tests.Views;

[Collection(Cluster.Name)]
public sealed class ClusterViewDimensions(ClusterServer server) : ViewDimensionsContract(server.OrSkip());
