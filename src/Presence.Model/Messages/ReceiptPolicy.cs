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
    public static bool Permits(NodeProperties owner, Address sender) =>
        owner[StandardPaths.ReceiptPolicy]?.Value.Text switch
        {
            null or "allow" => true,
            "known" => StandardPaths.Contacts.TryAppend(sender.ToString(), out var contact, out _)
                && owner.All.Keys.Any(path => path.StartsWith(contact)),
            _ => false,
        };
}
