using Presence.Client.Requests;

namespace Presence.Client.Lasting;

/// <summary>A message whose fate is not known.</summary>
internal sealed class MessageOnTheWay(SentMessage sent, RequestFrame frame, DateTimeOffset deadline)
{
    public SentMessage Sent { get; } = sent;

    public RequestFrame Frame { get; } = frame;

    /// <summary>From then on it is not sent again.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>True once a server has taken it over; before that its request still waits in the ledger.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Settles it as unknown.</summary>
    public ITimer? Expiry { get; set; }
}
