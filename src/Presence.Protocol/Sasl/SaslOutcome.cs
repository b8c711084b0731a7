namespace Presence.Protocol.Sasl;

/// <summary>What one step of an exchange led to. Whatever the other side sends, it becomes one of these.</summary>
public abstract record SaslOutcome
{
    private protected SaslOutcome()
    {
    }

    /// <summary>
    /// Server only: fetch the verifier of this account, or a made-up one if there is none, and go on with
    /// <see cref="ScramServerExchange.ServerFirst"/>.
    /// </summary>
    /// <param name="Username">
    /// As the client gave it, escapes undone: a local part or a full address, not yet canonical, at most 512 octets.
    /// </param>
    public sealed record VerifierWanted(string Username) : SaslOutcome;

    /// <summary>Send these octets and await the next step.</summary>
    public sealed record Continue(ReadOnlyMemory<byte> Data) : SaslOutcome;

    /// <summary>Authenticated. The server sends the octets with its final answer; a client has none to send.</summary>
    public sealed record Success(ReadOnlyMemory<byte> Data) : SaslOutcome;

    /// <summary>
    /// Refused; the exchange is over. A server answers 435 whatever the reason; the text is for its log and for the
    /// user of a client, not for the wire.
    /// </summary>
    public sealed record Failure(SaslFailure Reason, string Text) : SaslOutcome;
}
