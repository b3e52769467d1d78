using Microsoft.Extensions.Options;

namespace Hearth.Silo;

[OptionsValidator]
internal sealed partial class SiloEndpointOptionsValidator : IValidateOptions<SiloEndpointOptions>;
