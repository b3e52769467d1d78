using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Hearth.GrainInterfaces.Serialization;

/// <summary>
/// Serializes a type through a surrogate as <see cref="SuppressReferenceTrackingAttribute"/> has it: each value is written
/// whole, and none is remembered. The codec that Orleans makes of a converter always tracks references.
/// </summary>
/// <typeparam name="T">The type, sealed.</typeparam>
/// <typeparam name="TSurrogate">What is written in its place.</typeparam>
internal abstract class UntrackedCodec<T, TSurrogate>(IValueSerializer<TSurrogate> surrogates) : IFieldCodec<T>
    where T : class
    where TSurrogate : struct
{
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, [AllowNull] Type expectedType, [AllowNull] T value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }

        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(T));
        var surrogate = ConvertToSurrogate(value);
        surrogates.Serialize(ref writer, ref surrogate);
        writer.WriteEndObject();
    }

    [return: MaybeNull]
    public T ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference<T, TInput>(ref reader, field);
        }

        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        var surrogate = default(TSurrogate);
        surrogates.Deserialize(ref reader, ref surrogate);
        return ConvertFromSurrogate(surrogate);
    }

    protected abstract T ConvertFromSurrogate(in TSurrogate surrogate);

    protected abstract TSurrogate ConvertToSurrogate(T value);
}
