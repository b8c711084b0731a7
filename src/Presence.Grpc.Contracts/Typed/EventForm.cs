using System.Text;
using Google.Protobuf.Reflection;

namespace Presence.V1.Typed;

/// <summary>
/// How one kind of event is told in the octets of its message: what <see cref="MessageRule"/> says, prepared for those who ask
/// for each event again.
/// </summary>
internal sealed class EventForm
{
    private static readonly EventForm[] Known =
    [
        .. from field in Event.Descriptor.Oneofs[0].Fields
           let rule = MessageRule.Of(field.MessageType)
           where rule.Verb.Length > 0 && rule.Items is null && rule.Fields.All(EventField.IsKnown)
           select new EventForm(field, rule),
    ];

    private readonly byte[] _verb;
    private readonly EventField[] _parameters;

    private EventForm(FieldDescriptor field, MessageRule rule)
    {
        _verb = Encoding.ASCII.GetBytes(rule.Verb);
        Number = field.FieldNumber;
        _parameters = [.. rule.Fields.Where(one => one.Place == Place.Parameter).Select(one => new EventField(one))];
        Target = rule.Target is { } target ? new EventField(target) : null;
        Body = rule.Body is { } body ? new EventField(body) : null;
    }

    /// <summary>Of the field of <see cref="Event"/> that holds the kind.</summary>
    public int Number { get; }

    public EventField? Target { get; }

    public EventField? Body { get; }

    /// <summary>Null for a verb without a message of its own, or one that is told by <see cref="TypedFrame"/> only.</summary>
    public static EventForm? Of(ReadOnlySpan<byte> verb)
    {
        foreach (var form in Known)
        {
            if (verb.SequenceEqual(form._verb))
                return form;
        }

        return null;
    }

    public EventField? ByParameter(ReadOnlySpan<byte> name)
    {
        foreach (var field in _parameters)
        {
            if (name.SequenceEqual(field.Name))
                return field;
        }

        return null;
    }
}
