using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Caching;

[OptionsValidator]
internal sealed partial class CachingOptionsValidator : IValidateOptions<CachingOptions>;
