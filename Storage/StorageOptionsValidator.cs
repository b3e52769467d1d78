using Microsoft.Extensions.Options;

namespace Hearth.Storage;

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
