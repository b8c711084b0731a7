using Presence.Contracts.Accounts;
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
        grains.GetGrain<IUserGrain>(NodeKey.Of(address));

    public static IAccountGrain GetAccount(this IGrainFactory grains, Address address) =>
        grains.GetGrain<IAccountGrain>(NodeKey.Of(address));

    public static ISubscriptionGrain GetSubscriptions(this IGrainFactory grains, Address node) =>
        grains.GetGrain<ISubscriptionGrain>(NodeKey.Of(node));

    public static IPeerDomainGrain GetPeerDomain(this IGrainFactory grains, DomainPair pair) =>
        grains.GetGrain<IPeerDomainGrain>(pair.ToString());

    public static IPeerGatewaysGrain GetPeerGateways(this IGrainFactory grains) =>
        grains.GetGrain<IPeerGatewaysGrain>(IPeerGatewaysGrain.Key);

    public static IMirrorGrain GetMirror(this IGrainFactory grains, Domain local, Address node) =>
        grains.GetGrain<IMirrorGrain>(MirrorKey.Of(local, node));

    public static IGatewayGrain GetGateway(this IGrainFactory grains, string route) =>
        grains.GetGrain<IGatewayGrain>(route);

    public static IGroupGrain GetGroup(this IGrainFactory grains, Address node) =>
        grains.GetGrain<IGroupGrain>(NodeKey.Of(node));

    public static IMembershipGrain GetMemberships(this IGrainFactory grains, Address user) =>
        grains.GetGrain<IMembershipGrain>(NodeKey.Of(user));

    /// <summary>The bucket of classes and patterns that begin like this one.</summary>
    public static IInterestGrain GetInterest(this IGrainFactory grains, Domain domain, ClassPattern pattern) =>
        grains.GetGrain<IInterestGrain>(
            $"{domain}/{(pattern.First == ClassPattern.Rest ? ClassPattern.AnyToken : pattern.First)}");

    /// <summary>The bucket of patterns that begin with a wildcard.</summary>
    public static IInterestGrain GetWildInterest(this IGrainFactory grains, Domain domain) =>
        grains.GetGrain<IInterestGrain>($"{domain}/{ClassPattern.AnyToken}");

    public static IDirectoryGrain GetDirectory(this IGrainFactory grains, Domain domain, int bucket) =>
        grains.GetGrain<IDirectoryGrain>($"{domain}/{bucket}");

    /// <summary>The share of the domain's listings in which this user is.</summary>
    public static IFinderGrain GetFinder(this IGrainFactory grains, Address user) =>
        grains.GetGrain<IFinderGrain>($"{user.Domain}/find/{FinderShares.Of(user)}");

    /// <summary>All shares of the domain's listings.</summary>
    public static IEnumerable<IFinderGrain> GetFinders(this IGrainFactory grains, Domain domain) =>
        Enumerable.Range(0, FinderShares.Count).Select(n => grains.GetGrain<IFinderGrain>($"{domain}/find/{n}"));
}
