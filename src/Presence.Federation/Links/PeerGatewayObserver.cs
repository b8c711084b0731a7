using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Federation.Links;

/// <summary>Takes what grains hand over for links. It never waits and never calls a grain.</summary>
internal sealed class PeerGatewayObserver(LinkHost host) : IPeerGateway
{
    public Task Open(DomainPair pair)
    {
        host.Of(pair).Want();
        return Task.CompletedTask;
    }

    public Task Ask(DomainPair pair, long number, PeerRequest request)
    {
        host.Of(pair).Ask(number, request);
        return Task.CompletedTask;
    }

    public Task Forget(DomainPair pair, long number)
    {
        host.Find(pair)?.Forget(number);
        return Task.CompletedTask;
    }

    public Task Tell(DomainPair pair, RouteBatch batch)
    {
        host.Find(pair)?.Tell(batch);
        return Task.CompletedTask;
    }

    public Task TellMember(DomainPair pair, MemberNotice notice, Address to)
    {
        host.Of(pair).TellMember(notice, to);
        return Task.CompletedTask;
    }

    public Task Release(DomainPair pair)
    {
        host.Release(pair, "replaced");
        return Task.CompletedTask;
    }
}
