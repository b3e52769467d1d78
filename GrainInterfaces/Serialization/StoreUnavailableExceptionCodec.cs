using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Hearth.Model.Storage;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.GeneratedCodeHelpers;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Hearth.GrainInterfaces.Serialization;

/// <summary>Serializes the exception as Orleans' generated code does one that is declared beside it: as an exception without fields of its own.</summary>
[RegisterSerializer]
internal sealed class StoreUnavailableExceptionCodec(IBaseCodec<Exception> exceptions)
    : IFieldCodec<StoreUnavailableException>, IBaseCodec<StoreUnavailableException>
{
    public void Serialize<TBufferWriter>(ref Writer<TBufferWriter> writer, StoreUnavailableException value)
        where TBufferWriter : IBufferWriter<byte>
    {
        exceptions.Serialize(ref writer, value);
        writer.WriteEndBase();
    }

    public void Deserialize<TInput>(ref Reader<TInput> reader, StoreUnavailableException value)
    {
        exceptions.Deserialize(ref reader, value);
        reader.ConsumeEndBaseOrEndObject();
    }

    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, [AllowNull] Type expectedType, [AllowNull] StoreUnavailableException value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
        }
        else if (value.GetType() != typeof(StoreUnavailableException))
        {
            writer.SerializeUnexpectedType(fieldIdDelta, expectedType, value);
        }
        else
        {
            ReferenceCodec.MarkValueField(writer.Session);
            writer.WriteStartObject(fieldIdDelta, expectedType, typeof(StoreUnavailableException));
            Serialize(ref writer, value);
            writer.WriteEndObject();
        }
    }

    [return: MaybeNull]
    public StoreUnavailableException ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference<StoreUnavailableException, TInput>(ref reader, field);
        }

        field.EnsureWireTypeTagDelimited();
        if (field.FieldType is { } type && type != typeof(StoreUnavailableException))
        {
            return reader.DeserializeUnexpectedType<TInput, StoreUnavailableException>(ref field);
        }

        var value = new StoreUnavailableException();
        ReferenceCodec.MarkValueField(reader.Session);
        Deserialize(ref reader, value);
        return value;
    }
}
