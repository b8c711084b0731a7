using System.Globalization;
using Presence.Process.Tests.Node;
using Presence.Testing;

namespace Presence.Process.Tests;

/// <summary>
/// Whoever abuses gRPC gets a clear status, costs nobody else anything, and leaves nothing behind. How many streams are
/// opened is told by PRESENCE_HOSTILE_STREAMS; 1000 unless said.
/// </summary>
public sealed class HostileGrpcTests : IAsyncLifetime
{
    private const int Ok = 0;
    private const int Unknown = 2;
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Unauthenticated = 16;
    private const int Batch = 100;
    private const int MostLeftKiB = 48 * 1024;

    private static readonly string[] Methods =
    [
        "presence.v1.Presence/SetStatus", "presence.v1.Presence/GetPresence", "presence.v1.Presence/SetAccess",
        "presence.v1.Presence/SendMessage", "presence.v1.Presence/SendMessages", "presence.v1.Presence/WatchPresence",
        "presence.v1.Presence/AckMessages", "presence.v1.Presence/Session", "presence.v1.Admin/AddUser",
        "grpc.health.v1.Health/Check", "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "presence.v1.Presence/None",
    ];

    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;
    private RawGrpc _grpc = null!;

    public async ValueTask InitializeAsync()
    {
        // Nothing but nonsense is to be refused.
        _node = await NodeProcess.Start(_folder.Path,
            "--Presence:Sessions:RequestsPerSecond=100000", "--Presence:Sessions:RequestBurst=100000");
        await _node.AddUser("alice@localhost", "wonderland");
        _grpc = new RawGrpc(_node.Grpc);
    }

    public async ValueTask DisposeAsync()
    {
        _grpc.Dispose();
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nonsense_is_an_invalid_argument_and_never_a_fault_of_the_node()
    {
        var numbers = new SeededGenerator(7);
        var told = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var n = 0; n < 600; n++)
        {
            var method = Methods[n % Methods.Length];
            var status = await _grpc.Call(method, Nonsense(numbers), ("authorization", RawGrpc.Alice));
            var key = string.Create(CultureInfo.InvariantCulture, $"{method} {status}");
            told[key] = told.GetValueOrDefault(key) + 1;
            Assert.True(status is not null and not Unknown, $"{key} (try {n})");
        }

        Assert.True(told[$"presence.v1.Presence/SetStatus {InvalidArgument}"] > 10, string.Join('\n', told));
        Assert.Equal(50, told[$"presence.v1.Presence/None {Unimplemented}"]);
        Assert.DoesNotContain($"presence.v1.Admin/AddUser {Ok}", told.Keys);
        await AssertServes();
        _node.Terminate();
        Assert.DoesNotContain(" fail: ", await _node.Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_brings_no_credentials_is_told_so_by_every_call()
    {
        foreach (var method in Methods.Where(method => method.StartsWith("presence.v1.", StringComparison.Ordinal))
            .Except(["presence.v1.Presence/Session", "presence.v1.Presence/None"]))
            Assert.Equal((method, Unauthenticated), (method, await _grpc.Call(method, RawGrpc.Message([]))));
        await AssertServes();
    }

    [Fact]
    public async Task Headers_of_64_KiB_and_messages_that_are_too_long_are_refused()
    {
        var huge = new string('x', 64 * 1024);
        Assert.Equal(ResourceExhausted, await _grpc.Call(
            Methods[0], RawGrpc.Message([]), ("authorization", RawGrpc.Alice), ("x-huge", huge)));

        var status = await _grpc.Call(Methods[3], RawGrpc.Message(new byte[1024 * 1024]), ("authorization", RawGrpc.Alice));
        Assert.Equal(ResourceExhausted, status);
        await AssertServes();
    }

    [Fact]
    public async Task Streams_that_nobody_uses_leave_nothing_behind()
    {
        var streams = int.Parse(
            Environment.GetEnvironmentVariable("PRESENCE_HOSTILE_STREAMS") ?? "1000", CultureInfo.InvariantCulture);
        // The first rounds pay for what is made once: code, pools, threads.
        await OpenAndClose(streams);
        var (_, before) = await OpenAndClose(streams);
        List<long> open = [];
        for (var round = 0; round < 2; round++)
            open.Add((await OpenAndClose(streams)).Open);
        var after = _node.ResidentKiB();

        TestContext.Current.SendDiagnosticMessage(
            $"{streams} streams: {before} KiB after two rounds, {string.Join(", ", open)} KiB while open, {after} KiB at the end");
        Assert.True(after - before < MostLeftKiB, $"{before} KiB after two rounds of streams, {after} KiB after four");
        await AssertServes();
    }

    /// <summary>Memory while they are open, and when they are gone.</summary>
    private async Task<(long Open, long Gone)> OpenAndClose(int streams)
    {
        List<HttpResponseMessage> open = [];
        while (open.Count < streams)
        {
            var more = Math.Min(Batch, streams - open.Count);
            open.AddRange(await Task.WhenAll(
                Enumerable.Range(0, more).Select(_ => _grpc.Open("presence.v1.Presence/Session"))));
        }

        var memory = _node.ResidentKiB();
        open.ForEach(stream => stream.Dispose());
        while (await Connections() > 0)
            await Task.Yield();
        return (memory, _node.ResidentKiB());
    }

    private async Task<int> Connections() => await _node.Statistic("connections");

    private async Task AssertServes() => Assert.Equal(
        Ok, await _grpc.Call("presence.v1.Presence/GetProperty", RawGrpc.Message([]), ("authorization", RawGrpc.Alice)));

    private static byte[] Nonsense(SeededGenerator numbers)
    {
        var octets = new byte[numbers.Between(1, 400)];
        for (var at = 0; at < octets.Length; at++)
            octets[at] = (byte)numbers.Next(256);
        return numbers.Next(6) switch
        {
            0 => octets,
            1 => RawGrpc.Message(octets, isCompressed: true),
            2 => RawGrpc.Message(octets, length: numbers.Next(int.MaxValue)),
            3 => RawGrpc.Message(octets, length: -1),
            _ => RawGrpc.Message(octets),
        };
    }
}
