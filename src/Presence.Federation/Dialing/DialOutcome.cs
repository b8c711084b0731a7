namespace Presence.Federation.Dialing;

/// <summary>What came of dialling: a connection, or why there is none. Exactly one of the two is set.</summary>
public sealed record DialOutcome(PeerConnection? Connection, DialFailure? Failure)
{
    public static DialOutcome Of(PeerConnection connection) => new(connection, null);

    public static DialOutcome Of(DialFailure failure) => new(null, failure);
}
