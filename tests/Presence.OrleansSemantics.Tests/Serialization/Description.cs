using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Presence.OrleansSemantics.Tests.Serialization;

/// <summary>
/// All that a value holds, as text. Records with octets or arrays compare by reference, so equality says too little
/// of them; and a member that equality leaves out must cross as well.
/// </summary>
internal static class Description
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case ReadOnlyMemory<byte> octets:
                text.Append(Convert.ToHexString(octets.Span));
                break;
            case byte[] octets:
                text.Append(Convert.ToHexString(octets));
                break;
            case DateTimeOffset time:
                text.Append(time.ToString("O", CultureInfo.InvariantCulture));
                break;
            case IAddressable reference:
                text.Append(reference.GetGrainId());
                break;
            case string or Enum or IFormattable or bool or Model.Addresses.Address or Model.Addresses.PropertyPath:
                text.Append('\'').Append(value).Append('\'');
                break;
            case IEnumerable list:
                AppendAll(text, '[', list.Cast<object?>().Select(item => ("", item)), ']');
                break;
            default:
                var members = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.GetIndexParameters().Length == 0)
                    .Select(property => (property.Name + "=", property.GetValue(value)));
                text.Append(value.GetType().Name);
                AppendAll(text, '{', members, '}');
                break;
        }
    }

    private static void AppendAll(
        StringBuilder text, char open, IEnumerable<(string Label, object? Value)> items, char close)
    {
        text.Append(open);
        foreach (var (label, item) in items)
        {
            text.Append(label);
            Append(text, item);
            text.Append(';');
        }

        text.Append(close);
    }
}
