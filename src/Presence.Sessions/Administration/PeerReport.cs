namespace Presence.Sessions.Administration;

/// <summary>A domain that is hosted elsewhere and has to do with this node.</summary>
/// <param name="Domain">Its name.</param>
/// <param name="State">One word on the links to it, for people.</param>
/// <param name="Since">Since when it is so; null if not known.</param>
public sealed record PeerReport(string Domain, string State, DateTimeOffset? Since);

/// <summary>Whoever keeps links to other domains tells administration of them; a node without federation has none.</summary>
public interface IPeerReports
{
    /// <summary>In no order.</summary>
    IEnumerable<PeerReport> List();
}
