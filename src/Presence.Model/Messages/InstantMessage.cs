using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>One instant message. Octets and type are carried unaltered (R106).</summary>
/// <param name="From">The authenticated sender; stamped by the home server, never chosen by a client.</param>
/// <param name="Id">The sender's <c>mid</c>; with <paramref name="From"/> it makes a retry harmless.</param>
/// <param name="Type">Full MIME content type.</param>
/// <param name="Body">The octets.</param>
/// <param name="Language">BCP 47 tag, or null.</param>
/// <param name="Subject">Subject, or null.</param>
/// <param name="InReplyTo">The <c>mid</c> that it answers, or null.</param>
/// <param name="Wants">Receipts that the sender asks for.</param>
/// <param name="IsAutomatic">True for what a program sent by itself: never answered automatically.</param>
/// <param name="SentAt">When the home server took it.</param>
/// <param name="Expires">After this it is no longer delivered.</param>
public sealed record InstantMessage(
    Address From,
    string Id,
    string Type,
    ReadOnlyMemory<byte> Body,
    string? Language,
    string? Subject,
    string? InReplyTo,
    ReceiptWishes Wants,
    bool IsAutomatic,
    DateTimeOffset SentAt,
    DateTimeOffset Expires)
{
    private const string Composing = "application/im-iscomposing+xml";

    /// <summary>Forwarding steps that a message may take, 0–8.</summary>
    public const int MaxHops = 8;

    /// <inheritdoc cref="InstantMessage" path="/param[@name='From']"/>
    public Address From
    {
        get;
        init
        {
            field = value;
            Mark = MessageMark.Of(value, Id);
        }
    } = From;

    /// <inheritdoc cref="InstantMessage" path="/param[@name='Id']"/>
    public string Id
    {
        get;
        init
        {
            field = value;
            Mark = MessageMark.Of(From, value);
        }
    } = Id;

    /// <summary>Stands for both in tables. Made once, for all who look for the message.</summary>
    public MessageMark Mark { get; private init; } = MessageMark.Of(From, Id);

    /// <summary>
    /// The group or interest node that it was sent to, told as the target of MSG; null for a message to the person.
    /// </summary>
    public Place? Place { get; init; }

    /// <summary>Interest class, or null.</summary>
    public string? Class { get; init; }

    /// <summary>True for <c>deliver=best</c>: one endpoint gets it, the one that composition would choose.</summary>
    public bool IsForBest { get; init; }

    /// <summary>Nodes that have forwarded it, the first one first. The sender knows the first one only.</summary>
    public ImmutableArray<Address> Via { get; init; } = [];

    /// <summary>Forwarding steps left, 0–8, default 8.</summary>
    public int Hops { get; init; } = MaxHops;

    /// <summary>True for <c>want=redirect</c>: the sender goes to another address himself.</summary>
    public bool TakesRedirect { get; init; }

    /// <summary>True if the sender said how long it is of use (<c>ttl</c>); then it waits for nobody longer than that.</summary>
    public bool HasOwnLife { get; init; }

    /// <summary>Since when it has waited for a recipient who was not there; null for one that did not wait.</summary>
    public DateTimeOffset? DelayedSince { get; init; }

    /// <summary>The same message, of which its sender will hear nothing more.</summary>
    public InstantMessage WithoutReceipts() => Wants == ReceiptWishes.None ? this : this with { Wants = ReceiptWishes.None };

    /// <summary>
    /// True for "is typing": of use at this moment or never, so it is neither kept nor repeated nor receipted (RFC 3994).
    /// </summary>
    public bool IsComposing => Type.Length >= Composing.Length &&
        Type.AsSpan(0, Type.IndexOf(';') is var end and >= 0 ? end : Type.Length).Trim()
            .Equals(Composing, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Which receipts a sender wants, <c>want=delivered,displayed</c>.</summary>
[Flags]
public enum ReceiptWishes
{
    None = 0,
    Delivered = 1,
    Displayed = 2,
    Failed = 4,
}

/// <summary>What a receipt says of a message.</summary>
public enum Disposition
{
    /// <summary>An endpoint of the recipient has acknowledged it.</summary>
    Delivered = 0,

    /// <summary>The recipient's client has shown it.</summary>
    Displayed = 1,

    /// <summary>It will not be delivered.</summary>
    Failed = 2,
}

/// <summary>A receipt on its way to the sender of a message.</summary>
/// <param name="From">Whose receipt it is: the recipient of the message.</param>
/// <param name="MessageId">The sender's <c>mid</c>.</param>
/// <param name="Disposition">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Code">Reply code of a failure; 0 otherwise.</param>
public sealed record Receipt(Address From, string MessageId, Disposition Disposition, DateTimeOffset At, int Code = 0);
