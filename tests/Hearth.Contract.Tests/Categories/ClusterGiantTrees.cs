namespace Hearth.Contract.Tests.Categories;

[Collection(Cluster.Name)]
public sealed class ClusterGiantTrees(ClusterServer server, ITestOutputHelper output) : GiantTreesContract(server.OrSkip(), output);
