using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Sessions.Abroad;

/// <summary>Which other domains this service speaks with.</summary>
public interface IPeerReach
{
    /// <summary>Why this domain cannot be asked, or null; whether it answers is another matter.</summary>
    Refusal? WhyNot(Domain remote);
}

/// <summary>Without federation: none.</summary>
internal sealed class NoReach : IPeerReach
{
    public Refusal? WhyNot(Domain remote) => HostedDomains.NoService;
}
