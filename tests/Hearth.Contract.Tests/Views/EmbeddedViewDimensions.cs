namespace Hearth.Contract.Tests.Views;

[Collection(Embedded.Name)]
public sealed class EmbeddedViewDimensions(EmbeddedServer server) : ViewDimensionsContract(server);
