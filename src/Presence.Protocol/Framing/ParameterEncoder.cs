using System.Buffers;
using System.Text;
using Presence.Model.Addresses;

namespace Presence.Protocol.Framing;

/// <summary>Writes <c>SP param</c> for control lines and for items of line-oriented bodies.</summary>
internal static class ParameterEncoder
{
    public static void Write(IBufferWriter<byte> output, string name, string value)
    {
        TokenEncoder.CheckName(name);
        TokenEncoder.CheckValue(value);
        Name(output, name);
        TokenEncoder.Value(output, value);
    }

    /// <summary>An address as it is told, without a string for the whole of it.</summary>
    public static void Write(IBufferWriter<byte> output, string name, Address value)
    {
        TokenEncoder.CheckName(name);
        Name(output, name);
        if (value.Local is { } local)
        {
            TokenEncoder.Value(output, local);
            output.Write("@"u8);
        }

        TokenEncoder.Value(output, value.Domain.Value);
    }

    public static void Write(IBufferWriter<byte> output, string name, long value)
    {
        TokenEncoder.CheckName(name);
        Name(output, name);
        TokenEncoder.Number(output, value);
    }

    public static void Write(IBufferWriter<byte> output, string name, DateTimeOffset value)
    {
        TokenEncoder.CheckName(name);
        Name(output, name);
        WireTime.TryFormat(value, output.GetSpan(WireTime.Length), out var length);
        output.Advance(length);
    }

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!TokenRules.IsName(name is [(byte)'!', ..] ? name[1..] : name))
            throw new ArgumentException("Not a parameter name.", nameof(name));

        TokenEncoder.CheckValue(value);
        output.Write(" "u8);
        output.Write(name);
        output.Write("="u8);
        TokenEncoder.Value(output, value);
    }

    public static void Write(IBufferWriter<byte> output, in Parameter parameter)
    {
        TokenEncoder.CheckName(parameter.Name);
        TokenEncoder.CheckValue(parameter.Value);
        output.Write(parameter.IsCritical ? " !"u8 : " "u8);
        TokenEncoder.Word(output, parameter.Name);
        output.Write("="u8);
        TokenEncoder.Value(output, parameter.Value);
    }

    private static void Name(IBufferWriter<byte> output, string name)
    {
        var span = output.GetSpan(name.Length + 2);
        span[0] = (byte)' ';
        Encoding.ASCII.GetBytes(name, span[1..]);
        span[name.Length + 1] = (byte)'=';
        output.Advance(name.Length + 2);
    }
}
