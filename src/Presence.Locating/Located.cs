namespace Presence.Locating;

/// <summary>Where the servers of a domain are.</summary>
/// <param name="Outcome">Whether there are any.</param>
/// <param name="Servers">All to try, in the order to try them; empty unless found.</param>
/// <param name="Why">For the operator, if there are none.</param>
public sealed record Located(LocateOutcome Outcome, IReadOnlyList<HostAndPort> Servers, string Why)
{
    public static Located At(IReadOnlyList<HostAndPort> servers) => new(LocateOutcome.Found, servers, "");

    public static Located Not(LocateOutcome outcome, string why) => new(outcome, [], why);
}
