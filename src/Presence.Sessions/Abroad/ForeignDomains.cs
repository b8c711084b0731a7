using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Abroad;

/// <summary>The way to nodes of other domains, for handlers: which ones they are, and how they are asked.</summary>
internal sealed class ForeignDomains(
    IGrainFactory grains, HostedDomains hosted, IPeerReach reach, PresenceClock clock)
{
    /// <summary>For how long a request may be on its way: 30 s.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    public PresenceClock Clock { get; } = clock;

    /// <summary>True if the node does not live here.</summary>
    public bool Has(Address node) => !hosted.Contains(node.Domain);

    /// <summary>Why nothing can be asked about this node, here or elsewhere; null if it can.</summary>
    public Refusal? Refuse(Address node) => Has(node) ? reach.WhyNot(node.Domain) : hosted.Refuse(node);

    /// <summary>Why the domain cannot be asked; null if it can.</summary>
    public Refusal? WhyNot(Domain remote) => reach.WhyNot(remote);

    public IPeerDomainGrain Grain(Domain local, Domain remote) => grains.GetPeerDomain(new DomainPair(local, remote));

    /// <summary>Asks and waits for the final response.</summary>
    public async Task<Reply> Ask(Address asker, Domain remote, PeerRequest request)
    {
        var saved = await Grain(asker.Domain, remote).Ask(request);
        return saved is null ? new Reply(202, "accepted") : Reply.Restore(saved);
    }

    /// <summary>The same for what is sent to somebody.</summary>
    public static SendAnswer AnswerOf(SavedReply? saved) => saved switch
    {
        null or { Code: < 300 } => SendAnswer.Accepted,
        { Code: 302 } when Address.TryParseCanonical(Value(saved, "to"), out var to, out _) =>
            SendAnswer.Refer(new Referral(to, ReferralKind.Tell, Seconds(saved, "ttl"))),
        _ => SendAnswer.Of(new Refusal(saved.Code, saved.Reason, Value(saved, "param"))),
    };

    private static string? Value(SavedReply saved, string name) =>
        saved.Parameters.FirstOrDefault(parameter => parameter.Name == name).Value;

    private static TimeSpan? Seconds(SavedReply saved, string name) =>
        int.TryParse(Value(saved, name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
