using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Presence.V1.Typed;

/// <summary>How one kind of typed message stands for a frame or a list item, as its .proto says by options.</summary>
internal sealed class MessageRule
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageRule> Known = new();

    private readonly Type _type;
    private readonly Dictionary<string, FieldRule> _parameters = new(StringComparer.Ordinal);

    private MessageRule(MessageDescriptor message)
    {
        _type = message.ClrType;
        var options = message.GetOptions();
        Verb = options?.GetExtension(OptionsExtensions.Verb) ?? "";
        Answer = options?.GetExtension(OptionsExtensions.Answer) ?? "";
        ListType = options?.GetExtension(OptionsExtensions.ListType) ?? "";
        WritesEmptyList = options?.GetExtension(OptionsExtensions.ListAlways) ?? false;
        Fields = [.. message.Fields.InFieldNumberOrder().Select(field => new FieldRule(field))];
        Others = [.. Fields.Where(rule => rule.Place != Place.Parameter)];
        foreach (var rule in Fields.Except(Others))
            _parameters.TryAdd(rule.Parameter, rule);
        Target = Fields.FirstOrDefault(rule => rule.Place is Place.Target or Place.Node or Place.Recipients);
        Items = Fields.FirstOrDefault(rule => rule.Place == Place.Items);
        Body = Fields.FirstOrDefault(rule => rule.Place == Place.Body);
    }

    public string Verb { get; }

    /// <summary>The member of <see cref="Response"/> that holds a good answer; empty if it says nothing.</summary>
    public string Answer { get; }

    public string ListType { get; }

    public bool WritesEmptyList { get; }

    public IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>Those of them that are told otherwise than by a parameter.</summary>
    public IReadOnlyList<FieldRule> Others { get; }

    public FieldRule? Target { get; }

    public FieldRule? Items { get; }

    public FieldRule? Body { get; }

    public static MessageRule Of(MessageDescriptor message) => Known.GetOrAdd(message, static one => new MessageRule(one));

    /// <summary>An empty message of this kind.</summary>
    public IMessage Create() => (IMessage)Activator.CreateInstance(_type)!;

    /// <summary>The field that a parameter of this name fills; null if there is none.</summary>
    public FieldRule? ByParameter(string name) => _parameters.GetValueOrDefault(name);
}

/// <summary>Where one field stands.</summary>
internal sealed class FieldRule
{
    public FieldRule(FieldDescriptor field)
    {
        Field = field;
        var options = field.GetOptions();
        Place = options?.GetExtension(OptionsExtensions.Pip) ?? Place.Parameter;
        var name = options?.GetExtension(OptionsExtensions.Param) ?? "";
        Parameter = name.Length > 0 ? name : field.Name.Replace('_', '-');
    }

    public FieldDescriptor Field { get; }

    public Place Place { get; }

    /// <summary>Name on the wire.</summary>
    public string Parameter { get; }
}
