using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Messages;

/// <summary>
/// Whom the owner lets have delivered and displayed receipts, property <c>privacy/receipts</c>: <c>allow</c> (also when it is
/// not set) everybody who may know the presence, <c>known</c> those among them who are in the contact list, and
/// <c>none</c> nobody. A word that this version does not know counts as <c>none</c>. Source: docs/protocol/messages.md.
/// </summary>
public static class ReceiptPolicy
{
    /// <summary>True if the sender wants to know that his message was delivered, and the owner lets him.</summary>
    public static bool TellsDelivered(NodeProperties owner, InstantMessage message) =>
        message.Wants.HasFlag(ReceiptWishes.Delivered) && Permits(owner, message.From);

    /// <summary>Who was shut out politely hears nothing any more, of earlier messages neither.</summary>
    /// <param name="verdict">Whether he may write now.</param>
    public static bool MayHear(Verdict verdict) => verdict is not (Verdict.Fake or Verdict.Mute);

    public static bool Permits(NodeProperties owner, Address sender) =>
        owner[StandardPaths.ReceiptPolicy]?.Value.Text switch
        {
            null or "allow" => true,
            "known" => StandardPaths.Contacts.TryAppend(sender.ToString(), out var contact, out _)
                && owner.All.Keys.Any(path => path.StartsWith(contact)),
            _ => false,
        };
}
