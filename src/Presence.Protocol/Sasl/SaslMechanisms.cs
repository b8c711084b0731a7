using System.Diagnostics;

namespace Presence.Protocol.Sasl;

/// <summary>The registered names of <see cref="SaslMechanism"/> as they stand in AUTH and in <c>auth=</c>.</summary>
public static class SaslMechanisms
{
    private static readonly SaslMechanism[] All = Enum.GetValues<SaslMechanism>();

    public static string WireName(this SaslMechanism mechanism) => mechanism switch
    {
        SaslMechanism.ScramSha256Plus => "SCRAM-SHA-256-PLUS",
        SaslMechanism.ScramSha256 => "SCRAM-SHA-256",
        SaslMechanism.Plain => "PLAIN",
        SaslMechanism.External => "EXTERNAL",
        SaslMechanism.OAuthBearer => "OAUTHBEARER",
        _ => throw new UnreachableException(),
    };

    /// <summary>False for a name that this service does not know; names are upper case (RFC 4422).</summary>
    public static bool TryParse(string name, out SaslMechanism mechanism)
    {
        foreach (var known in All)
        {
            if (known.WireName() != name)
                continue;
            mechanism = known;
            return true;
        }

        mechanism = default;
        return false;
    }
}
