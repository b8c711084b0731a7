using Presence.Contracts;
using Presence.Model.Addresses;

namespace Presence.SiloHost;

/// <summary>The domains that the configuration names. Without any the silo takes every domain as its own.</summary>
internal sealed class ConfiguredDomains(IReadOnlySet<Domain> all) : IHostedDomains
{
    public bool Contains(Domain domain) => all.Contains(domain);
}
