using Presence.Model.Addresses;

namespace Presence.Federation.Dialing;

/// <summary>Finds the servers of a domain and opens connections to them.</summary>
public interface IPeerDialer
{
    /// <summary>
    /// A connection to a server that has proven to speak for <paramref name="to"/>. An expected "no" is a value; only
    /// cancellation throws. The whole takes at most 30 s.
    /// </summary>
    /// <param name="from">Hosted domain whose certificate is shown.</param>
    /// <param name="to">The domain wanted, not hosted here.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<DialOutcome> Dial(Domain from, Domain to, CancellationToken cancellationToken);

    /// <summary>
    /// Told by the link after the first frames: the server reached was of use, or not. A server that is marked down is
    /// tried after the others.
    /// </summary>
    /// <param name="connection">The connection that <see cref="Dial"/> made.</param>
    /// <param name="downFor">Time for which it is marked down, as by <c>retry=</c> of 421; null: it is well.</param>
    void Report(PeerConnection connection, TimeSpan? downFor);
}
