using Hearth.Model.Storage;
using Orleans.Serialization.GeneratedCodeHelpers;
using Orleans.Serialization.Serializers;

namespace Hearth.GrainInterfaces.Serialization;

/// <summary>Copies the exception as Orleans' generated code does one that is declared beside it.</summary>
[RegisterCopier]
internal sealed class StoreUnavailableExceptionCopier(ICodecProvider codecs)
    : OrleansGeneratedCodeHelper.ExceptionCopier<StoreUnavailableException, Exception>(codecs);
