using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Groups;

/// <summary>
/// The members of a group who live in other domains. A message goes to each domain once, with the names of those whom it is
/// for; who left before it goes is not among them any more. Many are named by a list that the domain knows
/// (<see cref="RosterAbroad"/>).
/// </summary>
internal sealed partial class MembersAbroad(
    Address self, IHostedDomains domains, PresenceClock clock, IGrainFactory grains, ILogger logger)
{
    /// <summary>Members of one domain from which on they have a list.</summary>
    private const int RosterFrom = 32;

    /// <summary>Characters of a list's names, well below the longest body between domains.</summary>
    private const int MaxRoster = 100_000;

    /// <summary>Characters of names on one line, well below the longest line between domains.</summary>
    private const int MaxNames = 8000;

    private readonly Dictionary<Domain, RosterAbroad> _rosters = [];
    private readonly HashSet<Task> _sending = [];

    /// <summary>Complete when no message waits for the answer of another domain.</summary>
    public Task Idle() => Task.WhenAll(_sending);

    public bool Has(Address who) => !domains.Contains(who.Domain);

    /// <summary>The same recipients, with a domain in place of all its members.</summary>
    public IReadOnlyCollection<Address> ByDomain(IReadOnlyCollection<Address> recipients) => recipients.Any(Has)
        ? [.. recipients.Select(who => Has(who) ? Address.Of(who.Domain) : who).Distinct()]
        : recipients;

    public Task Tell(MemberNotice notice, Address to) => Peer(to.Domain).TellMember(notice, to);

    /// <summary>Returns when the other domain knows whom it is for; the message may be on its way still.</summary>
    public async Task Send(InstantMessage message, IEnumerable<Address> recipients, Domain remote)
    {
        var all = recipients.Where(who => who.Domain == remote).ToList();

        // Who wants some classes only is not among the recipients of others: a list for each class would be too many.
        if (message.Class is null && all.Count >= RosterFrom
            && all.Sum(who => who.Local!.Length + remote.Value.Length + 3) < MaxRoster)
        {
            var members = all.Select(who => who.Local!)
                .Concat(message.From.Domain == remote ? [message.From.Local!] : Array.Empty<string>()).ToImmutableHashSet();
            if (await Roster(remote).Agree(members) is { } epoch)
            {
                _sending.RemoveWhere(task => task.IsCompleted);
                _sending.Add(SendToRoster(message, all, members, epoch, remote));
                return;
            }
        }

        await SendByName(message, all, remote);
    }

    /// <summary>A domain that has lost the list gets it again, and then the message: its members know what they have.</summary>
    private async Task SendToRoster(
        InstantMessage message, List<Address> all, ImmutableHashSet<string> members, long epoch, Domain remote)
    {
        try
        {
            var reply = await Peer(remote).Ask(Request(message, remote, [$"@{epoch}"]));
            if (reply is { Code: 409 })
            {
                Roster(remote).Forget(epoch);
                reply = await Roster(remote).Agree(members) is { } next
                    ? await Peer(remote).Ask(Request(message, remote, [$"@{next}"]))
                    : reply;
            }

            if (reply is { Code: >= 300 })
                await SendByName(message, all, remote);
        }
        catch (Exception exception)
        {
            // The edge: nobody awaits it but the end of the group's activation.
            LogUndelivered(logger, self.ToString(), remote.ToString(), exception);
        }
    }

    private RosterAbroad Roster(Domain remote)
    {
        if (!_rosters.TryGetValue(remote, out var roster))
            _rosters[remote] = roster = new RosterAbroad(self, remote, Peer(remote), clock);
        return roster;
    }

    private async Task SendByName(InstantMessage message, List<Address> all, Domain remote)
    {
        var names = new List<string>();
        var length = 0;
        foreach (var member in all)
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

    [LoggerMessage(3015, LogLevel.Warning, "A message of group {Group} did not reach {Domain}.")]
    private static partial void LogUndelivered(ILogger logger, string group, string domain, Exception exception);
}
