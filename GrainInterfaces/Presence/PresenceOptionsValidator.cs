using Microsoft.Extensions.Options;

namespace Hearth.GrainInterfaces.Presence;

[OptionsValidator]
internal sealed partial class PresenceOptionsValidator : IValidateOptions<PresenceOptions>;
