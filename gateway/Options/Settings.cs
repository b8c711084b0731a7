using Presence.Model.Addresses;
using Presence.Sessions;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Options;

/// <summary>All that was configured for this node, checked and typed.</summary>
internal sealed record Settings(
    NodeOptions Node,
    HostedDomains Domains,
    ListenerOptions Listeners,
    CertificateOptions Certificate,
    AccountOptions Accounts,
    SiloOptions Silo,
    ClusterOptions Cluster)
{
    /// <exception cref="StartRefusedException">A key is unknown or a value is not good.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        ConfigurationCheck.Check(configuration);
        var node = Section<NodeOptions>(configuration, NodeOptions.Section);
        return new Settings(
            node,
            Hosted(node.Domains),
            Section<ListenerOptions>(configuration, ListenerOptions.Section),
            Section<CertificateOptions>(configuration, CertificateOptions.Section),
            Section<AccountOptions>(configuration, AccountOptions.Section),
            Section<SiloOptions>(configuration, SiloOptions.Section),
            Section<ClusterOptions>(configuration, ClusterOptions.Section));
    }

    private static HostedDomains Hosted(IReadOnlyList<string> names) =>
        new([.. names.DefaultIfEmpty(NodeOptions.DefaultDomain).Select(Domain.Parse).Distinct()]);

    private static T Section<T>(IConfiguration configuration, string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new T();
}
