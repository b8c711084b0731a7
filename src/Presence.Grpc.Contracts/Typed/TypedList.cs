using System.Collections;
using Google.Protobuf;
using Presence.Protocol.Bodies;

namespace Presence.V1.Typed;

/// <summary>Reads list bodies (<c>text/pip-*</c>) as typed items.</summary>
internal static class TypedList
{
    /// <summary>What a session writes is within its own limits; this only keeps the reader from having an opinion.</summary>
    private const int MaxItems = int.MaxValue;

    public static void Read(FieldRule items, IMessage message, ReadOnlySpan<byte> body)
    {
        var list = (IList)items.Field.Accessor.GetValue(message);
        var reader = new LineBodyReader(body, MaxItems);
        while (reader.TryRead(out var line))
            list.Add(ReadItem(items.Field.MessageType.Parser.ParseFrom(ByteString.Empty), line));
        if (reader.Fault is { } fault)
            throw new InvalidOperationException($"A session wrote what is no list: {fault.Reason}.");
    }

    private static IMessage ReadItem(IMessage item, LineItem line)
    {
        foreach (var field in MessageRule.Of(item.Descriptor).Fields)
        {
            var text = field.Place switch
            {
                Place.First => line.First,
                Place.Second => line.Second,
                Place.Third => line.Third,
                _ => line.Parameters[field.Parameter],
            };
            if (text is not null)
                FieldText.TrySet(field.Field, item, text);
        }

        return item;
    }
}
