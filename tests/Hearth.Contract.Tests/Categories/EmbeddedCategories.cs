namespace Hearth.Contract.Tests.Categories;

[Collection(Embedded.Name)]
public sealed class EmbeddedCategories(EmbeddedServer server) : CategoriesContract(server);
