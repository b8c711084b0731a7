using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Federation.Links;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions;

namespace Presence.Federation.Inbound;

/// <summary>
/// Word between domains of people who ask far too much (docs/decisions/0075): their home is told once an hour, and what is told of ours
/// goes to the log, for the operator to act on. Any thread may call it.
/// </summary>
internal sealed partial class AbuseReports(HostedDomains hosted, PresenceClock clock, ILogger<AbuseReports> logger)
{
    /// <summary>Refusals within an hour that are borne.</summary>
    private const int Borne = 9;

    /// <summary>People who are remembered in either direction; beyond it all begin anew.</summary>
    private const int Most = 10_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<Address, (DateTimeOffset Since, int Times)> _refused = [];
    private readonly Dictionary<Address, (DateTimeOffset Since, int Times)> _told = [];
    private readonly Lock _lock = new();

    /// <summary>Somebody of another domain was refused because he asks too much.</summary>
    public void Refused(PeerAsker asker)
    {
        if (Count(_refused, asker.From) == Borne + 1)
            asker.Session.Outbox.TryPut(new PeerReportEvent(asker.From, clock.Now));
    }

    /// <summary>The other side says so of one of ours; it may speak only of those who could have asked it.</summary>
    public void Take(LinkSession session, Frame frame)
    {
        if (frame.Parameters["what"] != PeerReportEvent.Node
            || !Address.TryParseCanonical(frame.Parameters["who"], out var who, out _)
            || !hosted.Contains(who.Domain) || !session.Serves(session.Pair with { Local = who.Domain }))
            return;
        if (Count(_told, who) == 1)
            LogReport(logger, session.Pair.Remote.ToString(), who.ToString());
    }

    private int Count(Dictionary<Address, (DateTimeOffset Since, int Times)> people, Address who)
    {
        lock (_lock)
        {
            if (people.Count >= Most && !people.ContainsKey(who))
                people.Clear();
            var (since, times) = people.GetValueOrDefault(who);
            people[who] = clock.Now - since >= Hour ? (clock.Now, 1) : (since, times + 1);
            return people[who].Times;
        }
    }

    [LoggerMessage(2072, LogLevel.Warning, "{Domain} reports {Who}, who asks too much there and does not stop.")]
    private static partial void LogReport(ILogger logger, string domain, string who);
}
