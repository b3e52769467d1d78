namespace Hearth.Contract.Tests.Categories;

[Collection(Embedded.Name)]
public sealed class EmbeddedGiantTrees(EmbeddedServer server, ITestOutputHelper output) : GiantTreesContract(server, output);
