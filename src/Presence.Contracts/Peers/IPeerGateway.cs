using Orleans.Concurrency;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Contracts.Peers;

/// <summary>
/// A gateway as the holder of links to other domains. All calls are one-way and only hand over: a gateway that is gone is
/// found out by its lease, not by silence.
/// </summary>
[Alias("presence.peer-gateway")]
public interface IPeerGateway : IGrainObserver
{
    /// <summary>Hold the link of this pair: connect if there is no connection, and go on connecting.</summary>
    [OneWay, Alias("open")]
    Task Open(DomainPair pair);

    /// <summary>Send a request; the answer goes to <see cref="IPeerDomainGrain.Answer"/> with the same number.</summary>
    [OneWay, Alias("ask")]
    Task Ask(DomainPair pair, long number, PeerRequest request);

    /// <summary>Nobody waits for this answer any more; what was not sent yet is not to be sent.</summary>
    [OneWay, Alias("forget")]
    Task Forget(DomainPair pair, long number);

    /// <summary>A change for the watchers of the remote domain.</summary>
    [OneWay, Alias("tell")]
    Task Tell(DomainPair pair, RouteBatch batch);

    /// <summary>News of a membership for a user of the remote domain.</summary>
    [OneWay, Alias("tell-member")]
    Task TellMember(DomainPair pair, MemberNotice notice, Address to);

    /// <summary>Another gateway holds the link now.</summary>
    [OneWay, Alias("release")]
    Task Release(DomainPair pair);
}
