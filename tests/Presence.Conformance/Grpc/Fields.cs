using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Presence.V1;

namespace Presence.Conformance.Grpc;

/// <summary>What the options of the .proto files say of fields, and values of fields as text.</summary>
internal static class Fields
{
    public static string VerbOf(MessageDescriptor message) =>
        message.GetOptions()?.GetExtension(OptionsExtensions.Verb) ?? "";

    public static Place PlaceOf(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(OptionsExtensions.Pip) ?? Place.Parameter;

    public static IMessage New(MessageDescriptor message) => message.Parser.ParseFrom(ByteString.Empty);

    public static FieldDescriptor? At(MessageDescriptor message, Place place) =>
        message.Fields.InFieldNumberOrder().FirstOrDefault(field => PlaceOf(field) == place);

    public static FieldDescriptor? Named(MessageDescriptor message, string parameter) =>
        message.Fields.InFieldNumberOrder()
            .FirstOrDefault(field => PlaceOf(field) == Place.Parameter && NameOf(field) == parameter);

    public static string NameOf(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(OptionsExtensions.Param) is { Length: > 0 } name
            ? name
            : field.Name.Replace('_', '-');

    /// <summary>Text of a parameter; null if the field is not set.</summary>
    public static string? TextOf(FieldDescriptor field, IMessage message)
    {
        var value = field.Accessor.GetValue(message);
        if (field.IsRepeated)
            return value is IList { Count: > 0 } list ? string.Join(',', list.Cast<object>()) : null;
        if (field.HasPresence && !field.Accessor.HasValue(message))
            return null;
        var text = value switch
        {
            bool flag => flag ? "yes" : "no",
            ByteString octets => octets.ToBase64(),
            Duration duration => Plain(duration.Seconds),
            Timestamp time => time.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            System.Enum => WordOf(field, Convert.ToInt32(value, CultureInfo.InvariantCulture)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        return field.HasPresence || text is not ("" or "0" or "no") ? text : null;
    }

    /// <summary>False if the field cannot hold exactly this text; it is then to go another way.</summary>
    public static bool TrySet(FieldDescriptor field, IMessage message, string text)
    {
        if (field.IsRepeated)
        {
            if (field.FieldType != FieldType.String || text.Split(',').Any(one => one.Length == 0))
                return false;
            foreach (var one in text.Split(','))
                ((IList)field.Accessor.GetValue(message)).Add(one);
            return true;
        }

        if (ValueOf(field, text) is not { } value)
            return false;
        field.Accessor.SetValue(message, value);
        if (TextOf(field, message) == text)
            return true;
        field.Accessor.Clear(message);
        return false;
    }

    private static object? ValueOf(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bool => text is "yes" or "no" ? text == "yes" : null,
        FieldType.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
        FieldType.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
        FieldType.Bytes => Octets(text),
        FieldType.Enum => field.EnumType.Values.Where(value => WordOf(field, value.Number) == text)
            .Select(value => (object)value.Number).FirstOrDefault(),
        FieldType.Message when field.MessageType == Duration.Descriptor =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= Duration.MaxSeconds
                ? new Duration { Seconds = n }
                : null,
        _ => null,
    };

    private static ByteString? Octets(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var count) ? ByteString.CopyFrom(octets, 0, count) : null;
    }

    /// <summary>BLOCK_MODE_POLITE of BlockMode is <c>polite</c>; what is unspecified has no word.</summary>
    private static string WordOf(FieldDescriptor field, int number)
    {
        var unspecified = field.EnumType.FindValueByNumber(0).Name;
        return number == 0 || field.EnumType.FindValueByNumber(number) is not { } value
            ? ""
            : value.Name[unspecified.LastIndexOf("UNSPECIFIED", StringComparison.Ordinal)..].ToLowerInvariant().Replace('_', '-');
    }

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
