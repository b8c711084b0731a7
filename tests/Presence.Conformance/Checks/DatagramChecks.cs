using System.Net.Sockets;
using System.Text;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>UDP-01 to UDP-07: presence in sealed datagrams (exchange E10).</summary>
internal static class DatagramChecks
{
    private const int Silence = 500;

    [Check("UDP-01")]
    public static async Task Damaged_datagrams_are_dropped(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        await pager.Asks(1, "PING 1", "200 1 pong");
        var whole = pager.Key.Seal(2, "PING 2\r\n");
        for (var octet = 0; octet < whole.Length - 2; octet++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[octet] ^= (byte)(1 << (octet % 8));
            await pager.Send(damaged);
        }

        await pager.IsSilent("datagrams with a flipped bit");
        await pager.Send(whole);
        await pager.Gets("200 2 pong");
    }

    [Check("UDP-02")]
    public static async Task Repeats_are_dropped_and_disorder_is_not(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        await pager.Asks(10, "PING 1", "200 1 pong");
        await pager.Send(pager.Key.Seal(10, "PING 1\r\n"));
        await pager.IsSilent("a repeated sequence number");
        await pager.Asks(8, "PING 2", "200 2 pong");
        await pager.Asks(200, "PING 3", "200 3 pong");
        await pager.Send(pager.Key.Seal(100, "PING 4\r\n"));
        await pager.IsSilent("a sequence number that is older than the window of 64");
        await pager.Asks(190, "PING 5", "200 5 pong");
    }

    [Check("UDP-03")]
    public static async Task What_is_not_sealed_is_dropped(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        var other = new DatagramKey("u0none0", new byte[32]);
        var two = pager.Key.Seal(3, "PING 3\r\nPING 4\r\n");
        var large = pager.Key.Seal(5, $"PING 5 x-pad={new string('x', 1300)}\r\n");
        foreach (var (what, datagram) in ((string, byte[])[])
            [("clear text", "PING 1\r\n"u8.ToArray()), ("an unknown uid", other.Seal(1, "PING 1\r\n")),
                ("garbage", [0, 1, 2, 3]), ("two inner frames", two), ("more than 1200 octets", large),
                ("two sealed frames", [.. pager.Key.Seal(6, "PING 6\r\n"), .. pager.Key.Seal(7, "PING 7\r\n")])])
        {
            await pager.Send(datagram);
            await pager.IsSilent(what);
        }

        await pager.Asks(20, "PING 20", "200 20 pong");
    }

    [Check("UDP-04")]
    public static async Task A_repeated_request_is_not_executed(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        var first = await pager.Asks(1, "SET 1 ~/ep/pager/status val=online lease=120 default=offline", "200 1 ok");
        await pager.Asks(2, "SET 2 ~/ep/pager/status val=away lease=120 default=offline", "200 2 ok");
        var again = await pager.Asks(3, "SET 1 ~/ep/pager/status val=online lease=120 default=offline", "200 1 ok");
        if (again.Replace(" dup=yes", "", StringComparison.Ordinal) != first)
            throw new CheckFailedException($"expected the cached answer, {first}; got: {again}");
        var status = await pager.Owner.Expect("200", "GET ~/ep/pager/status");
        if (status["val"] != "away")
            throw pager.Owner.Failed("the repeat not to be executed, val=away", $"{status}");
    }

    [Check("UDP-05")]
    public static async Task A_key_is_for_its_path(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        await pager.Asks(1, "SET 1 ~/ep/pager/status val=online lease=120 default=offline", "200 1 ok");
        await pager.Asks(2, "SET 2 ~/note val=mine", "403 2");
        await pager.Asks(3, "SET 3 ~/ep/pagers/status val=online", "403 3");
    }

    [Check("UDP-06", Slow = true, Limit = 120)]
    public static async Task Without_refresh_it_is_offline(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        await Scene.Watch(pager.Owner, "~", "s", "scope=session");
        await pager.Asks(1, "SET 1 ~/ep/pager/status val=online lease=30 default=offline", "200 1 ok");
        await pager.Owner.Notify("s", "online");
        var began = TimeProvider.System.GetTimestamp();
        Frame? told = null;
        while (told?["val"] != "offline" && TimeProvider.System.GetElapsedTime(began).TotalSeconds < 40)
            told = await pager.Owner.Next(TimeSpan.FromSeconds(10)) ?? told;
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        if (told?["val"] != "offline" || seconds is < 28 or > 32)
            throw pager.Owner.Failed("NOTIFY val=offline after 30 s (± 2 s)", $"{told} after {seconds:0.0} s");
        await pager.Owner.Never("second NOTIFY of the end", e => e["id"] == "s", 1000);
    }

    [Check("UDP-07")]
    public static async Task Strange_addresses_get_little(Scene scene)
    {
        using var pager = await Pager.Minted(scene);
        await pager.Owner.Expect("200", $"SET ~/ep/pager/caps val={new string('x', 900)}");
        await pager.Asks(1, "PING 1", "200 1 pong");
        pager.Move();
        var question = pager.Key.Seal(2, "GET 2 ~/ep/pager/caps\r\n");
        await pager.Send(question);
        var octets = 0;
        while (await pager.Receive(1500) is { } datagram)
            octets += datagram.Length;
        if (octets > 3 * question.Length)
            throw new CheckFailedException($"expected at most {3 * question.Length} octets, three times what was sent, to an address that has not answered a PING; got: {octets}");
    }

    /// <summary>A device with a key for the endpoint pager, and the session that minted it.</summary>
    private sealed class Pager : IDisposable
    {
        private readonly Func<UdpClient> _connect;
        private UdpClient _socket;

        private Pager(Link owner, DatagramKey key, Func<UdpClient> connect)
        {
            (Owner, Key, _connect) = (owner, key, connect);
            _socket = connect();
        }

        public Link Owner { get; }

        public DatagramKey Key { get; }

        public static async Task<Pager> Minted(Scene scene)
        {
            var owner = await scene.Connected("alice");
            var minted = await owner.Expect("200", "UDPKEY ep=pager path=ep/pager expires=3600");
            if (minted["uid"] is not { } uid || minted["key"] is not { } key || !int.TryParse(minted["port"], out var port) || minted["alg"] != "A256GCM")
                throw owner.Failed("uid= key= alg=A256GCM port=", $"{minted}");
            var octets = Convert.FromBase64String(key.Replace('-', '+').Replace('_', '/').PadRight((key.Length + 3) / 4 * 4, '='));
            return new Pager(owner, new DatagramKey(uid, octets), () => new UdpClient(scene.Target.Host, port));
        }

        /// <summary>Goes on from another source address.</summary>
        public void Move()
        {
            _socket.Dispose();
            _socket = _connect();
        }

        public async Task Send(byte[] datagram) => await _socket.SendAsync(datagram);

        public async Task<string> Asks(ulong number, string request, string wanted)
        {
            await Send(Key.Seal(number, $"{request}\r\n"));
            return await Gets(wanted);
        }

        public async Task<string> Gets(string wanted)
        {
            while (await Receive(3000) is { } datagram)
            {
                var inner = Key.Open(datagram) ?? throw new CheckFailedException($"expected a datagram sealed with the key; got: {Convert.ToHexString(datagram)}");
                // The server may ask a new address for life, and tell what it likes to.
                if (inner.StartsWith("PING ", StringComparison.Ordinal) || !char.IsAsciiDigit(inner[0]))
                    continue;
                return inner.StartsWith(wanted, StringComparison.Ordinal)
                    ? inner.TrimEnd()
                    : throw new CheckFailedException($"expected {wanted}; got: {inner.TrimEnd()}");
            }

            throw new CheckFailedException($"expected a datagram with {wanted}; got: nothing within 3 s");
        }

        public async Task IsSilent(string what)
        {
            if (await Receive(Silence) is { } datagram)
                throw new CheckFailedException($"expected silence to {what}; got: {Key.Open(datagram)?.TrimEnd() ?? Encoding.Latin1.GetString(datagram)}");
        }

        public async Task<byte[]?> Receive(int milliseconds)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
            try
            {
                return (await _socket.ReceiveAsync(limit.Token)).Buffer;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        public void Dispose() => _socket.Dispose();
    }
}
