using System.Collections.Concurrent;
using Presence.Contracts.Peers;
using Presence.Federation.Dialing;
using Presence.Federation.Peers;
using Presence.Federation.Trust;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions;
using Presence.Sessions.Connections;

namespace Presence.Federation.Links;

/// <summary>
/// Further domains on a link that stands (docs/protocol/federation.md, "Authentication between domains"): proven by the same
/// certificate, or by a call-back.
/// </summary>
internal sealed class LinkClaims(
    ClaimKeys keys, ClaimCallback callback, PeerPolicies policies, HostedDomains hosted, IOwnCertificates own)
{
    private readonly ConcurrentDictionary<DomainPair, bool> _underWay = new();

    /// <summary>True if any domain may be claimed here.</summary>
    public bool IsOn => policies.HasClaims;

    /// <summary>True if this domain of ours can speak for itself.</summary>
    public bool HasCertificate(Domain local) => own.Find(local) is not null;

    /// <summary>CLAIM of the other side.</summary>
    public async Task<Reply> Accept(LinkConnection connection, LinkSession session, PeerLink link, Frame frame)
    {
        if (!Domain.TryParseCanonical(frame.Target, out var claimed, out _))
            return Reply.From(Refusal.BadAddress);
        var pair = new DomainPair(connection.Peer.Local, claimed);
        var isShown = connection.Peer.Proven.Contains(claimed);
        if (!IsOn && !isShown)
            return new Reply(501, "not-implemented");
        if (hosted.Contains(claimed) || !policies.Of(claimed).IsAllowed)
            return Reply.From(Refusal.Forbidden);
        if (!isShown && !session.Serves(pair)
            && await CallBack(connection, session, pair, frame) is { Code: not 200 } refused)
            return refused;
        link.Accept(pair, session);
        return Reply.Ok.With("user", claimed.ToString());
    }

    /// <summary>VERIFY: have we made this claim, to the domain that asks?</summary>
    public Reply Verify(Domain local, Domain asking, Frame frame) =>
        Domain.TryParseCanonical(frame.Target, out var claimed, out _) && claimed == local && hosted.Contains(claimed)
        && frame.Parameters["key"] is { } key && frame.Parameters["id"] is { } session
        && keys.Verify(key, asking, session, claimed)
            ? Reply.Ok
            : Reply.From(Refusal.Forbidden);

    /// <summary>A link of ours to the same domain, on which this pair can be claimed.</summary>
    public PeerLink? CarrierFor(DomainPair pair, LinkHost host)
    {
        var certificate = own.Find(pair.Local)?.TargetCertificate;
        var others = hosted.All.Where(domain => domain != pair.Local
            && own.Find(domain)?.TargetCertificate is { } other
            && (certificate is null || certificate.Thumbprint == other.Thumbprint)).ToList();
        var standing = host.To(pair.Remote).FirstOrDefault(link =>
            others.Contains(link.Pair.Local) && link.HasConnection
            && link.Session?.Doubted.ContainsKey(pair.Local) == false);
        return standing ?? (certificate is null && others.Count > 0
            ? host.Of(new DomainPair(others[0], pair.Remote))
            : null);
    }

    /// <summary>Claims a pair on a link that stands. Gives why it was not believed, or null.</summary>
    public async Task<DialFailure?> Make(PeerLink wanted, PeerLink carrier)
    {
        if (carrier is not { HasConnection: true, Session: { } session })
        {
            carrier.Want();
            return carrier.Failure ?? DialFailure.Timeout($"the link {carrier.Pair} is being made");
        }

        var (local, remote) = wanted.Pair;
        var answer = await carrier.AskAboutLink(
            "CLAIM", local.ToString(), ("key", keys.Make(remote, session.Id, local)), ("id", session.Id));
        if (answer is { Code: 200 })
        {
            wanted.Carry(carrier, session);
            return null;
        }

        if (answer is { Code: 403 or 501 })
            session.Doubted[local] = true;
        var why = $"CLAIM of {local}: {(answer is null ? "no answer" : $"{answer.Code} {answer.Reason}")}";
        return session.Doubted.ContainsKey(local) ? DialFailure.Unverified(why) : DialFailure.Timeout(why);
    }

    private async Task<Reply> CallBack(LinkConnection connection, LinkSession session, DomainPair pair, Frame frame)
    {
        if (!policies.Of(pair.Remote).MayBeClaimed)
            return Reply.From(Refusal.Forbidden);
        if (frame.Parameters["key"] is not { Length: > 0 and <= 64 } key)
            return Reply.From(Refusal.BadParameter("key"));
        if (frame.Parameters["id"] != session.Id)
            return Reply.From(Refusal.BadParameter("id"));
        if (!connection.Claims.TryTake() || !_underWay.TryAdd(pair, true))
            return new Reply(429, "slow-down").With("retry", 10);
        try
        {
            return await callback.Ask(pair.Local, pair.Remote, key, session.Id);
        }
        finally
        {
            _underWay.TryRemove(pair, out _);
        }
    }
}
