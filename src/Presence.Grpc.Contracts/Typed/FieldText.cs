using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;

namespace Presence.V1.Typed;

/// <summary>Values of fields as text of parameters, and back.</summary>
internal static class FieldText
{
    /// <summary>Null if the field is not set.</summary>
    public static string? Of(FieldDescriptor field, IMessage message)
    {
        var value = field.Accessor.GetValue(message);
        if (field.IsRepeated)
            return value is IList { Count: > 0 } list ? string.Join(',', list.Cast<object>()) : null;
        if (field.HasPresence)
            return field.Accessor.HasValue(message) ? OfValue(field, value) : null;
        return IsDefault(value) ? null : OfValue(field, value);
    }

    /// <summary>False if the text is none for this field; the message then stays as it was.</summary>
    public static bool TrySet(FieldDescriptor field, IMessage message, string text)
    {
        if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
                list.Add(item);
            return true;
        }

        if (ValueOf(field, text) is not { } value)
            return false;
        field.Accessor.SetValue(message, value);
        return true;
    }

    private static string OfValue(FieldDescriptor field, object value) => value switch
    {
        string text => text,
        bool flag => flag ? "yes" : "no",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        ByteString octets => octets.ToBase64(),
        Duration duration => duration.Seconds.ToString(CultureInfo.InvariantCulture),
        Timestamp time => WireTime.ToText(time.ToDateTimeOffset()),
        _ when field.FieldType == FieldType.Enum => WordOf(field.EnumType, Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"{field.FullName} has a type that has no text."),
    };

    private static object? ValueOf(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bool => text == "yes",
        FieldType.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
        FieldType.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
        FieldType.Bytes => Base64Text.TryDecode(text, out var octets) ? UnsafeByteOperations.UnsafeWrap(octets) : null,
        FieldType.Message when field.MessageType == Duration.Descriptor => SecondsOf(text),
        FieldType.Message when field.MessageType == Timestamp.Descriptor =>
            WireTime.TryParse(text, out var time) ? Timestamp.FromDateTimeOffset(time) : null,
        _ => null,
    };

    private static Duration? SecondsOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= Duration.MaxSeconds
            ? new Duration { Seconds = seconds }
            : null;

    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        bool flag => !flag,
        int number => number == 0,
        long number => number == 0,
        ByteString octets => octets.IsEmpty,
        System.Enum choice => Convert.ToInt32(choice, CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    /// <summary>BLOCK_MODE_POLITE of BlockMode is <c>polite</c>. A number without a name is told as it is, and refused.</summary>
    private static string WordOf(EnumDescriptor type, int number)
    {
        if (type.FindValueByNumber(number) is not { } value)
            return number.ToString(CultureInfo.InvariantCulture);
        var prefix = type.FindValueByNumber(0).Name[..^"UNSPECIFIED".Length];
        return value.Name[prefix.Length..].ToLowerInvariant().Replace('_', '-');
    }
}
