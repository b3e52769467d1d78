using Hearth.GrainInterfaces.Sessions;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Sessions;

[OptionsValidator]
internal sealed partial class SessionsOptionsValidator : IValidateOptions<SessionsOptions>;
