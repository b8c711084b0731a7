using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Sessions.Transport;
using Presence.Testing.Wire;
using Presence.Transports.Metrics;
using Presence.Transports.Udp;

namespace Presence.Transports.Tests.Fakes;

/// <summary>A client with a key, the node's side of it without sockets, and the clock of both.</summary>
internal sealed class KeyHolder : IDisposable
{
    public static readonly IPEndPoint Home = new(IPAddress.Parse("192.0.2.1"), 5000);
    public static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("198.51.100.9"), 6000);

    private readonly ServiceProvider _services;

    private KeyHolder(DatagramSettings settings)
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<TransportMetrics>()
            .AddSingleton<ISessionHost>(Sessions).BuildServiceProvider();
        Keys = new DatagramKeys(
            _services, Wires, Options.Create(settings), _services.GetRequiredService<TransportMetrics>(),
            new PresenceClock(Clock), NullLogger<DatagramKeys>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero));

    public CountingHost Sessions { get; } = new();

    public Wires Wires { get; } = new();

    public DatagramKeys Keys { get; }

    public SealedClient Client { get; private set; } = null!;

    public static async Task<KeyHolder> Create(DatagramSettings? settings = null)
    {
        var holder = new KeyHolder(settings ?? new DatagramSettings());
        var (key, _) = await holder.Keys.Mint(Grant());
        holder.Client = new SealedClient(key!.Name, key.Octets.ToArray());
        return holder;
    }

    public static DatagramGrant Grant(TimeSpan? life = null) => new(
        Address.Parse("alice@a.example"), Domain.Parse("a.example"), "pager", null, life, "192.0.2.1:40000");

    public void Send(string inner, IPEndPoint? from = null) => Deliver(Client.Seal(inner), from);

    public void Deliver(byte[] datagram, IPEndPoint? from = null) => Keys.Receive(datagram, from ?? Home);

    /// <summary>The inner frame of the only datagram that was sent.</summary>
    public async Task<string> Answer() => Encoding.UTF8.GetString(Client.Open(Assert.Single(await Wires.Next()).Datagram));

    public void Dispose()
    {
        Keys.Dispose();
        _services.Dispose();
    }
}
