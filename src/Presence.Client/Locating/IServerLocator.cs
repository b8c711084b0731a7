using Presence.Model.Addresses;

namespace Presence.Client.Locating;

/// <summary>Finds the servers of a domain (docs/protocol/federation.md, "Locating servers").</summary>
public interface IServerLocator
{
    /// <summary>All servers to try, in the order to try them.</summary>
    /// <exception cref="Connections.PipConnectionException">
    /// Reason <c>cannot-locate</c>: the DNS does not answer, now; code 502: the domain says that it has none.
    /// </exception>
    Task<IReadOnlyList<ServerTarget>> Locate(Domain domain, CancellationToken cancellation);
}

/// <summary>One server.</summary>
/// <param name="Host">Name or IP address without brackets.</param>
/// <param name="Port">1–65 535.</param>
public sealed record ServerTarget(string Host, int Port);
