using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>The one place that asks what somebody may send to the user, and what he may learn by it.</summary>
/// <param name="node">The user.</param>
/// <param name="identify">Gives all that a decision about a person may depend on.</param>
internal sealed class Admissions(UserNode node, Func<Address, ValueTask<Asker>> identify)
{
    /// <summary>
    /// Who is a member of a group has agreed to what is said there. Somebody whom the user lets in may send on what others
    /// wrote.
    /// </summary>
    public async ValueTask<Admission> OfSender(InstantMessage message)
    {
        var sender = await identify(message.From);
        var verdict = message.Place is not null
            ? Verdict.Allow
            : node.Judge(sender, Rights.Send, StandardPaths.Inbox).Verdict;
        if (verdict == Verdict.Ask && !message.Via.IsEmpty && await Judge(message.Via[^1]) == Verdict.Allow)
            verdict = Verdict.Allow;
        return new Admission(verdict, node.KnowsPresence(sender), node.TellsAbsence(sender));
    }

    /// <summary>Nobody can ask to be allowed to ring: that would be ringing.</summary>
    public async ValueTask<Admission> OfCaller(Address address)
    {
        var caller = await identify(address);
        var verdict = node.Judge(caller, Rights.Invite, PropertyPath.Root).Verdict;
        return new Admission(
            verdict is Verdict.Allow or Verdict.Fake ? verdict : Verdict.Deny,
            node.KnowsPresence(caller),
            node.TellsAbsence(caller));
    }

    /// <summary>May this person send?</summary>
    public async ValueTask<Verdict> Judge(Address sender) =>
        node.Judge(await identify(sender), Rights.Send, StandardPaths.Inbox).Verdict;
}

/// <summary>What a sender may do and know.</summary>
/// <param name="Verdict">What he may do; <see cref="Verdict.Fake"/> meets nobody.</param>
/// <param name="KnowsPresence">True if he may know, or believes to know, whether the user is there.</param>
/// <param name="TellsAbsence">True if he is told when nobody holds the address.</param>
internal readonly record struct Admission(Verdict Verdict, bool KnowsPresence, bool TellsAbsence);
