using Microsoft.Extensions.Options;

namespace Hearth.GrainInterfaces.Views;

[OptionsValidator]
internal sealed partial class ViewsOptionsValidator : IValidateOptions<ViewsOptions>;
