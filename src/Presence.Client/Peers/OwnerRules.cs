using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Client.Peers;

/// <summary>
/// What the owner of this side has laid down about the partner, as his home server tells it, decided by the same rules
/// (docs/protocol/access.md, "Evaluation"). Only what is allowed outright is served directly.
/// </summary>
/// <param name="Access">The lists; those of the paths in <paramref name="Known"/> are complete.</param>
/// <param name="Known">Places whose list has been asked for.</param>
/// <param name="Partner">Whom they are asked about.</param>
/// <param name="GivesReceipts">Whether the partner may have receipts, as far as <c>privacy/receipts</c> goes.</param>
/// <param name="IsDirectAllowed">False if <c>privacy/p2p</c> is <c>deny</c>.</param>
internal sealed record OwnerRules(
    NodeAccess Access, ImmutableHashSet<PropertyPath> Known, Address Partner, bool GivesReceipts, bool IsDirectAllowed)
{
    private readonly Asker _partner = Asker.Of(Partner);

    /// <summary>
    /// Whether a connection may stand: the partner may invite, and meets the node as it is. One that is shut out politely
    /// must lose it, as if the owner had gone.
    /// </summary>
    public bool PermitsConnection => IsDirectAllowed && IsDecidable
        && Judge(Rights.Invite, PropertyPath.Root).IsAllowed
        && !Judge(Rights.Read, StandardPaths.Status).IsFake
        && !Judge(Rights.Subscribe, StandardPaths.Status).IsFake;

    public bool TakesMessages => Allows(Rights.Send, StandardPaths.Inbox);

    /// <summary>Receipts go to nobody who may not know the presence.</summary>
    public bool GivesDelivered => GivesReceipts
        && (Allows(Rights.Read, StandardPaths.Status) || Allows(Rights.Subscribe, StandardPaths.Status));

    // Who is in a group is known at home only.
    private bool IsDecidable => Access.NamedGroups.Count == 0;

    public bool Allows(Rights right, PropertyPath path) => IsDecidable && Judge(right, path).IsAllowed;

    private Judgement Judge(Rights right, PropertyPath path) => Access.Judge(_partner, right, path);
}
