using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Groups;

/// <summary>
/// The members of a group who live in other domains. A message goes to each domain once, with the names of those whom it is
/// for; who left before it goes is not among them any more.
/// </summary>
internal sealed class MembersAbroad(Address self, IHostedDomains domains, PresenceClock clock, IGrainFactory grains)
{
    /// <summary>Characters of names on one line, well below the longest line between domains.</summary>
    private const int MaxNames = 8000;

    public bool Has(Address who) => !domains.Contains(who.Domain);

    /// <summary>The same recipients, with a domain in place of all its members.</summary>
    public IReadOnlyCollection<Address> ByDomain(IReadOnlyCollection<Address> recipients) => recipients.Any(Has)
        ? [.. recipients.Select(who => Has(who) ? Address.Of(who.Domain) : who).Distinct()]
        : recipients;

    public Task Tell(MemberNotice notice, Address to) => Peer(to.Domain).TellMember(notice, to);

    public async Task Send(InstantMessage message, IEnumerable<Address> recipients, Domain remote)
    {
        var names = new List<string>();
        var length = 0;
        foreach (var member in recipients.Where(who => who.Domain == remote))
        {
            names.Add(member.Local!);
            length += member.Local!.Length + 1;
            if (length < MaxNames)
                continue;
            await Peer(remote).Post(Request(message, remote, names));
            names.Clear();
            length = 0;
        }

        if (names.Count > 0)
            await Peer(remote).Post(Request(message, remote, names));
    }

    private IPeerDomainGrain Peer(Domain remote) => grains.GetPeerDomain(new DomainPair(self.Domain, remote));

    private PeerRequest Request(InstantMessage message, Domain remote, IReadOnlyList<string> names)
    {
        var parameters = ImmutableArray.CreateBuilder<SavedParameter>();
        parameters.Add(new("from", self.ToString()));
        parameters.Add(new("by", message.From.ToString()));
        parameters.Add(new("mid", message.Id));
        parameters.Add(new("rcpt", string.Join(',', names)));
        parameters.Add(new("type", message.Type));
        Add("lang", message.Language);
        Add("class", message.Class);
        Add("subject", message.Subject);
        Add("re", message.InReplyTo);
        Add("want", DispositionWords.Format(message.Wants));
        Add("auto", message.IsAutomatic ? "yes" : null);
        var left = Math.Max(1, (long)(message.Expires - clock.Now).TotalSeconds);
        Add("ttl", left.ToString(CultureInfo.InvariantCulture));
        Add("t", message.SentAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        return new PeerRequest(
            "SEND", remote.ToString(), parameters.ToImmutable(), message.Body.ToArray(), message.Expires);

        void Add(string name, string? value)
        {
            if (value is not null)
                parameters.Add(new SavedParameter(name, value));
        }
    }
}
