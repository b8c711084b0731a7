using Presence.Model.Addresses;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Transport;

/// <summary>Where keys for sealed datagrams are minted: the transport that opens them.</summary>
public interface IDatagramKeys
{
    /// <summary>
    /// Mints a key and begins its session. Null with the reply that says why not: 409 if another session holds the
    /// endpoint, 431 or 503 if there are too many.
    /// </summary>
    Task<(DatagramKey? Key, Reply? Refused)> Mint(DatagramGrant grant);
}

/// <summary>What a key is wanted for.</summary>
/// <param name="User">Whom it acts for.</param>
/// <param name="Domain">The domain agreed on by HELLO.</param>
/// <param name="Endpoint">Endpoint that its session is, or null to be given one.</param>
/// <param name="WritesBelow">The only path that it may write, or null.</param>
/// <param name="Life">Life wanted, at least <see cref="MinLife"/>; null for the default.</param>
/// <param name="Remote">Address and port from which it was asked for.</param>
public sealed record DatagramGrant(
    Address User, Domain Domain, string? Endpoint, PropertyPath? WritesBelow, TimeSpan? Life, string Remote)
{
    /// <summary>Shortest life of a key: 60 s.</summary>
    public static readonly TimeSpan MinLife = TimeSpan.FromSeconds(60);

    /// <summary>Life when nothing is said: one day.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(1);
}

/// <summary>A key as the client is told it.</summary>
/// <param name="Name">What datagrams name it by (<c>uid</c>).</param>
/// <param name="Octets">The 32 octets. A secret: never logged.</param>
/// <param name="Algorithm">Name of the sealing, <c>A256GCM</c>.</param>
/// <param name="Port">UDP port to send to.</param>
/// <param name="Life">How long it is valid from now.</param>
public sealed record DatagramKey(string Name, ReadOnlyMemory<byte> Octets, string Algorithm, int Port, TimeSpan Life)
{
    /// <summary>Everything but the secret.</summary>
    public override string ToString() => $"{Name} {Algorithm} {Life}";
}
