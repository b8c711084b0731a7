using Presence.Federation.Peers;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Sessions;
using Presence.Sessions.Abroad;

namespace Presence.Federation.Links;

/// <summary>Whom the configuration lets us speak with.</summary>
internal sealed class PolicyReach(PeerPolicies policies) : IPeerReach
{
    public Refusal? WhyNot(Domain remote) =>
        policies.IsOn && policies.Of(remote).IsAllowed ? null : HostedDomains.NoService;
}
