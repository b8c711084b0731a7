using Microsoft.Extensions.Logging;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Grains.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Groups;

/// <summary>The ways to the members of a group, of whom some may live in other domains.</summary>
internal sealed class GroupPost(
    string group, IGrainFactory grains, UserDesks desks, NearGateway near, ILogger logger, MembersAbroad abroad,
    Func<InstantMessage, IEnumerable<Address>> recipients)
    : MemberPost(group, grains, desks, near, logger)
{
    public override bool IsElsewhere(Address who) => who.IsDomain || abroad.Has(who);

    protected override Task HandOverAlone(Address who, SessionNotice notice) => notice switch
    {
        MessageNotice copies when who.IsDomain => abroad.Send(copies.Message, recipients(copies.Message), who.Domain),
        MemberNotice news when abroad.Has(who) => abroad.Tell(news, who),
        _ => base.HandOverAlone(who, notice),
    };
}
