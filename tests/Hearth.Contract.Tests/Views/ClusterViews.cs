namespace Hearth.Contract.Tests.Views;

[Collection(Cluster.Name)]
public sealed class ClusterViews(ClusterServer server) : ViewsContract(server.OrSkip());
