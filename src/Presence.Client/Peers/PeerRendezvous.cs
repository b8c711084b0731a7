using System.Net;
using System.Net.Sockets;

namespace Presence.Client.Peers;

/// <summary>
/// Two clients look for one connection between them: each listens, each dials what the other told. The side that invited
/// decides: it lets exactly one connection through AUTH, so both end up with the same one.
/// </summary>
internal sealed class PeerRendezvous : IAsyncDisposable
{
    /// <summary>Connections that are taken while looking; more come from somebody else.</summary>
    private const int MaxAccepted = 16;

    private readonly PeerOptions _options;
    private readonly PeerIdentity _identity;
    private readonly List<Socket> _listeners;

    private PeerRendezvous(PeerOptions options, PeerIdentity identity, List<Socket> listeners) =>
        (_options, _identity, _listeners) = (options, identity, listeners);

    /// <summary>What the other side is told.</summary>
    public PeerOffer Offer =>
        new([.. _listeners.Select(listener => (IPEndPoint)listener.LocalEndPoint!)], _identity.Fingerprint);

    /// <summary>Null if this machine has no address to offer.</summary>
    public static PeerRendezvous? Open(PeerOptions options)
    {
        var listeners = PeerSockets.Listen(options.Addresses);
        return listeners.Count > 0 ? new PeerRendezvous(options, PeerIdentity.Create(options.Time), listeners) : null;
    }

    /// <summary>Looks for the connection. At most once.</summary>
    /// <returns>Null if none came about in time.</returns>
    public async Task<PeerLink?> Meet(PeerMeeting meeting, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.ConnectTime, _options.Time);
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var attempts = new PeerAttempts(_options, _identity, meeting, looking.Token);
        foreach (var listener in _listeners)
            attempts.Add(Accept(listener, attempts, looking.Token));

        foreach (var candidate in meeting.Offer.Candidates.Where(IsDialled))
            attempts.Add(attempts.Dial(candidate));

        await attempts.Found(looking.Token);
        await looking.CancelAsync();
        return await attempts.Finish();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
            listener.Dispose();

        _identity.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task Accept(Socket listener, PeerAttempts attempts, CancellationToken cancellation)
    {
        try
        {
            for (var taken = 0; taken < MaxAccepted; taken++)
                attempts.Add(attempts.Welcome(await listener.AcceptAsync(cancellation)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The search is over, or the network is gone: dialling may still succeed.
        }
    }

    // The other side must not be able to point us at services of our own machine.
    private bool IsDialled(IPEndPoint candidate) => !IPAddress.IsLoopback(candidate.Address)
        || _options.Addresses?.Any(IPAddress.IsLoopback) == true;
}
