namespace Hearth.Contract.Tests.Categories;

[Collection(Embedded.Name)]
public sealed class EmbeddedProducts(EmbeddedServer server) : ProductsContract(server);
