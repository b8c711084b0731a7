namespace Presence.Protocol.Sasl;

/// <summary>The mechanisms of docs/protocol 2.5, strongest first.</summary>
public enum SaslMechanism
{
    ScramSha256Plus,
    ScramSha256,
    Plain,
    External,
    OAuthBearer,
}
