using System.ComponentModel;
using System.Net;
using Presence.Process.Tests.Node;

namespace Presence.Federation.Process.Tests.Network;

/// <summary>
/// Each host is a network namespace. The one with the name server stands in the middle and passes on what goes from one
/// domain to the other, unless it is told not to.
/// </summary>
internal sealed class NamespaceNetwork : TestNetwork
{
    private static int _networks;

    private readonly string _prefix = $"pip-{Environment.ProcessId}-{Interlocked.Increment(ref _networks)}";

    private NamespaceNetwork()
    {
        Dns = new Place(IPAddress.Parse("10.94.1.1"), IPAddress.Loopback, $"{_prefix}-dns");
        A = new Place(IPAddress.Parse("10.94.1.2"), IPAddress.Loopback, $"{_prefix}-a");
        B = new Place(IPAddress.Parse("10.94.2.2"), IPAddress.Loopback, $"{_prefix}-b");
    }

    public override Place Dns { get; }

    public override Place A { get; }

    public override Place B { get; }

    public override bool CanCut => true;

    /// <summary>Null if this process may not make any: it takes root, and <c>ip</c>.</summary>
    public static async Task<NamespaceNetwork?> TryCreate()
    {
        var network = new NamespaceNetwork();
        try
        {
            // One of a run that was killed, whose process had our number.
            await Ip($"netns del {network.Dns.Namespace}");
            if (await Ip($"netns add {network.Dns.Namespace}") is not null)
                return null;
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            await network.Build();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public override Task Cut() => Forward(0);

    public override Task Heal() => Forward(1);

    public override async Task<Place> Move(Place place)
    {
        var next = place.Next();
        await Must($"-n {place.Namespace} addr add {next.Address}/24 dev eth0");
        return next;
    }

    /// <summary>The cables go with the namespaces.</summary>
    public override async ValueTask DisposeAsync()
    {
        foreach (var place in new[] { A, B, Dns })
            await Ip($"netns del {place.Namespace}");
    }

    private async Task Build()
    {
        await Must($"-n {Dns.Namespace} link set lo up");
        await Connect(A, "10.94.1.1");
        await Connect(B, "10.94.2.1");
        await Heal();
    }

    private async Task Connect(Place place, string router)
    {
        var (name, hub) = (place.Namespace, Dns.Namespace);
        var cable = $"to-{name![^1..]}";
        await Must($"netns add {name}");
        await Must($"-n {name} link set lo up");
        await Must($"link add name {cable} netns {hub} type veth peer name eth0 netns {name}");
        await Must($"-n {hub} addr add {router}/24 dev {cable}");
        await Must($"-n {hub} link set {cable} up");
        await Must($"-n {name} addr add {place.Address}/24 dev eth0");
        await Must($"-n {name} link set eth0 up");
        await Must($"-n {name} route add default via {router}");
    }

    private Task Forward(int on) =>
        Must($"netns exec {Dns.Namespace} sh -c", $"echo {on} >/proc/sys/net/ipv4/ip_forward");

    private static async Task Must(string arguments, params string[] more)
    {
        if (await Ip(arguments, more) is { } why)
            throw new InvalidOperationException($"ip {arguments} {string.Join(' ', more)}: {why}");
    }

    /// <summary>Null, or what it complained of.</summary>
    private static async Task<string?> Ip(string arguments, params string[] more)
    {
        var (code, _, errors) = await Script.Run(
            "ip", [.. arguments.Split(' '), .. more], new Dictionary<string, string>());
        return code == 0 ? null : errors;
    }
}
