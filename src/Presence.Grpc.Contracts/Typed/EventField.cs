using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Presence.Protocol.Framing;

namespace Presence.V1.Typed;

/// <summary>One field of an <see cref="EventForm"/>.</summary>
internal sealed class EventField(FieldRule rule)
{
    private readonly int _number = rule.Field.FieldNumber;
    private readonly bool _hasPresence = rule.Field.HasPresence;
    private readonly Kind _kind = KindOf(rule.Field);

    private enum Kind
    {
        None,
        Text,
        List,
        Flag,
        Int32,
        Int64,
        Octets,
        Span,
        Time,
    }

    public byte[] Name { get; } = Encoding.ASCII.GetBytes(rule.Parameter);

    /// <summary>False for what has no text here: enumerations, octets in a parameter.</summary>
    public static bool IsKnown(FieldRule rule) => rule.Place switch
    {
        Place.Target or Place.Node => KindOf(rule.Field) == Kind.Text,
        Place.Body => KindOf(rule.Field) == Kind.Octets,
        Place.Parameter => KindOf(rule.Field) is not (Kind.None or Kind.Octets),
        _ => false,
    };

    /// <summary>False if the text is none for this field; then nothing is written.</summary>
    public bool TryWrite(MessageOctets message, ReadOnlySpan<byte> text)
    {
        switch (_kind)
        {
            case Kind.Text or Kind.Octets:
                if (!IsLeftOut(text.IsEmpty))
                    message.Octets(_number, text);
                return true;
            case Kind.List:
                foreach (var item in text.Split((byte)','))
                {
                    if (text[item].Length > 0)
                        message.Octets(_number, text[item]);
                }

                return true;
            case Kind.Flag:
                return Number(message, text.SequenceEqual("yes"u8) ? 1 : 0);
            case Kind.Int32:
                return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small) && Number(message, small);
            case Kind.Int64:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Number(message, number);
            case Kind.Span:
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > Duration.MaxSeconds)
                    return false;
                message.Pair(_number, seconds, 0);
                return true;
            case Kind.Time:
                if (!WireTime.TryParse(text, out var time))
                    return false;
                message.Pair(_number, time.ToUnixTimeSeconds(), time.UtcTicks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
                return true;
            default:
                return false;
        }
    }

    private static Kind KindOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => field.IsRepeated ? Kind.List : Kind.Text,
        _ when field.IsRepeated => Kind.None,
        FieldType.Bool => Kind.Flag,
        FieldType.Int32 => Kind.Int32,
        FieldType.Int64 => Kind.Int64,
        FieldType.Bytes => Kind.Octets,
        FieldType.Message when field.MessageType == Duration.Descriptor => Kind.Span,
        FieldType.Message when field.MessageType == Timestamp.Descriptor => Kind.Time,
        _ => Kind.None,
    };

    private bool Number(MessageOctets message, long value)
    {
        if (!IsLeftOut(value == 0))
            message.Number(_number, value);
        return true;
    }

    // What is not set and what has the default are the same, unless the field tells them apart.
    private bool IsLeftOut(bool isDefault) => isDefault && !_hasPresence;
}
