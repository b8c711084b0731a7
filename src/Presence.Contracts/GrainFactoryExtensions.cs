using Presence.Contracts.Accounts;
using Presence.Contracts.Domains;
using Presence.Contracts.Finding;
using Presence.Contracts.Groups;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;

namespace Presence.Contracts;

/// <summary>Typed keys: an address in, the grain that answers for it out.</summary>
public static class GrainFactoryExtensions
{
    public static IUserGrain GetUser(this IGrainFactory grains, Address address) =>
        GrainKind<IUserGrain>.Get(grains, NodeKey.Of(address));

    public static IAccountGrain GetAccount(this IGrainFactory grains, Address address) =>
        GrainKind<IAccountGrain>.Get(grains, NodeKey.Of(address));

    public static ISubscriptionGrain GetSubscriptions(this IGrainFactory grains, Address node) =>
        GrainKind<ISubscriptionGrain>.Get(grains, NodeKey.Of(node));

    public static IPeerDomainGrain GetPeerDomain(this IGrainFactory grains, DomainPair pair) =>
        GrainKind<IPeerDomainGrain>.Get(grains, pair.ToString());

    public static IPeerGatewaysGrain GetPeerGateways(this IGrainFactory grains) =>
        GrainKind<IPeerGatewaysGrain>.Get(grains, IPeerGatewaysGrain.Key);

    public static IMirrorGrain GetMirror(this IGrainFactory grains, Domain local, Address node) =>
        GrainKind<IMirrorGrain>.Get(grains, MirrorKey.Of(local, node));

    /// <summary>The members of a group of another domain who are at home in one of ours.</summary>
    public static IRosterGrain GetRoster(this IGrainFactory grains, Domain local, Address group) =>
        grains.GetGrain<IRosterGrain>(MirrorKey.Of(local, group));

    public static IGatewayGrain GetGateway(this IGrainFactory grains, string route) =>
        GrainKind<IGatewayGrain>.Get(grains, route);

    public static IGroupGrain GetGroup(this IGrainFactory grains, Address node) =>
        GrainKind<IGroupGrain>.Get(grains, NodeKey.Of(node));

    public static IMembershipGrain GetMemberships(this IGrainFactory grains, Address user) =>
        GrainKind<IMembershipGrain>.Get(grains, NodeKey.Of(user));

    /// <summary>The bucket of classes and patterns that begin like this one.</summary>
    public static IInterestGrain GetInterest(this IGrainFactory grains, Domain domain, ClassPattern pattern) =>
        GrainKind<IInterestGrain>.Get(
            grains, $"{domain}/{(pattern.First == ClassPattern.Rest ? ClassPattern.AnyToken : pattern.First)}");

    /// <summary>The bucket of patterns that begin with a wildcard.</summary>
    public static IInterestGrain GetWildInterest(this IGrainFactory grains, Domain domain) =>
        GrainKind<IInterestGrain>.Get(grains, $"{domain}/{ClassPattern.AnyToken}");

    public static IDomainPolicyGrain GetDomainPolicy(this IGrainFactory grains, Domain domain) =>
        GrainKind<IDomainPolicyGrain>.Get(grains, domain.ToString());

    public static IDirectoryGrain GetDirectory(this IGrainFactory grains, Domain domain, int bucket) =>
        GrainKind<IDirectoryGrain>.Get(grains, $"{domain}/{bucket}");

    /// <summary>The share of the domain's listings in which this user is.</summary>
    public static IFinderGrain GetFinder(this IGrainFactory grains, Address user) =>
        GrainKind<IFinderGrain>.Get(grains, $"{user.Domain}/find/{FinderShares.Of(user)}");

    /// <summary>All shares of the domain's listings.</summary>
    public static IEnumerable<IFinderGrain> GetFinders(this IGrainFactory grains, Domain domain) =>
        Enumerable.Range(0, FinderShares.Count).Select(n => GrainKind<IFinderGrain>.Get(grains, $"{domain}/find/{n}"));
}
