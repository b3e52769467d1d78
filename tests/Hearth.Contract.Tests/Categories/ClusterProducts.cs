namespace Hearth.Contract.Tests.Categories;

[Collection(Cluster.Name)]
public sealed class ClusterProducts(ClusterServer server) : ProductsContract(server.OrSkip());
