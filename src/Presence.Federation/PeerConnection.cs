using Presence.Locating;
using Presence.Model.Addresses;
using Presence.Sessions.Transport;

namespace Presence.Federation;

/// <summary>An open TLS connection between servers of two domains, before its first frame.</summary>
/// <param name="Transport">
/// The octets and what TLS knows. Its reader and writer belong to the link; <see cref="DisposeAsync"/> closes it.
/// </param>
/// <param name="Local">The hosted domain that speaks here: whose certificate was shown.</param>
/// <param name="Proven">
/// The domains that the certificate of the other side may speak for; empty if it showed none that is acceptable.
/// </param>
/// <param name="Server">The server that was dialled, or null if the other side dialled.</param>
public sealed record PeerConnection(
    SessionTransport Transport, Domain Local, IReadOnlySet<Domain> Proven, HostAndPort? Server) : IAsyncDisposable
{
    /// <summary>What it takes to close a connection in good order. Default: nothing, for its listener closes it.</summary>
    public Func<ValueTask> Close { get; init; } = () => ValueTask.CompletedTask;

    /// <summary>Flushes what was written, says the end of TLS and closes the socket.</summary>
    public ValueTask DisposeAsync() => Close();
}
