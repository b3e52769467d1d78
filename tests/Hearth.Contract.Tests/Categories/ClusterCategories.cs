namespace Hearth.Contract.Tests.Categories;

[Collection(Cluster.Name)]
public sealed class ClusterCategories(ClusterServer server) : CategoriesContract(server.OrSkip());
