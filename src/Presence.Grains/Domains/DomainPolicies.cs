using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Domains;
using Presence.Model.Addresses;

namespace Presence.Grains.Domains;

/// <summary>The rules of all domains that nodes of this silo are in. Used from any thread.</summary>
internal sealed class DomainPolicies(IGrainFactory grains, IOptions<AccessOptions> access)
{
    private readonly ConcurrentDictionary<Domain, DomainRules> _rules = new();

    /// <summary>The rules of a domain, which go on changing.</summary>
    public DomainRules Of(Domain domain) => _rules.GetOrAdd(domain, name => new DomainRules(name, access));

    /// <summary>Nobody decides for a node of a domain before its rules are known.</summary>
    public ValueTask Know(Domain domain) =>
        Of(domain).AreKnown ? ValueTask.CompletedTask : new ValueTask(Ask(domain));

    /// <summary>Asks again for the rules of all domains that it knows.</summary>
    public async Task Refresh()
    {
        foreach (var domain in _rules.Keys)
            await Ask(domain);
    }

    /// <summary>These are in force from now on.</summary>
    public void Learn(Domain domain, DomainBounds bounds) => Of(domain).Learn(bounds);

    private async Task Ask(Domain domain) => Learn(domain, await grains.GetDomainPolicy(domain).Bounds());
}
