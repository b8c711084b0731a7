using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Locating;

/// <summary>Where a client connects: the server it was given, or those of its domain.</summary>
internal sealed class Servers(PresenceClientOptions options, Domain domain, ServerUrl? given)
{
    private readonly IServerLocator? _locator = given is null ? options.Locator ?? new DnsServerLocator() : null;

    public async Task<IReadOnlyList<PipConnectionOptions>> Locate(CancellationToken cancellation) => given is null
        ? [.. (await _locator!.Locate(domain, cancellation)).Select(server => At(server.Host, server.Port))]
        :
        [
            At(given.Host, given.Port) with
            {
                UseTls = given.UsesTls,
                Url = given.Url,
                Transport = given.IsPip ? null : options.Transports[given.Scheme],
            },
        ];

    private PipConnectionOptions At(string host, int port) => new()
    {
        Host = host,
        Port = port,
        Domain = domain,
        ExtraAuthorities = options.ExtraAuthorities,
        ConnectTimeout = options.ConnectTimeout,
        RequestTimeout = options.RequestTimeout,
        Time = options.Time,
        Trace = options.Trace,

        // Every event goes the same way here, also those of unknown verbs.
        AcknowledgeUnknownEvents = false,
    };
}
