using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Presence.Cli.Checking;
using Presence.Cli.Commands;
using Presence.Cli.Output;
using Presence.Cli.Tests.Scripts;
using Presence.Locating;
using Presence.Locating.Dns;
using Presence.Model.Addresses;
using Presence.Model.Locating;

namespace Presence.Cli.Tests.Checking;

public sealed class CheckCommandTests
{
    private static readonly Domain B = Domain.Parse("b.example");

    private readonly Zone _zone = new();
    private readonly StringWriter _out = new();

    [Fact]
    public async Task A_domain_in_order_is_told_to_be()
    {
        await using var server = new TlsGreeter("b.example");
        _zone.Services = DnsAnswer.Found<SrvRecord>([new(10, 0, server.Port, "gw.b.example")], TimeSpan.FromSeconds(60));

        Assert.Equal(ExitCode.Ok, await Check(server));

        var lines = _out.ToString();
        Assert.Contains("good  server  SRV        10 0", lines, StringComparison.Ordinal);
        Assert.Contains("good  server  names      b.example", lines, StringComparison.Ordinal);
        Assert.Contains("good  server  HELLO      200 1 ok", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_host_alone_is_told_with_what_to_do()
    {
        await using var server = new TlsGreeter("gw.b.example");
        _zone.Services = DnsAnswer.Found<SrvRecord>([new(10, 0, server.Port, "gw.b.example")], TimeSpan.FromSeconds(60));

        Assert.Equal(ExitCode.Refused, await Check(server));
        Assert.Contains("bad   server  names      gw.b.example", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("must name b.example itself", _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", "warn  server  SRV        _pips-server._tcp.b.example has no record")]
    [InlineData("failed", "bad   server  SRV        server failure")]
    [InlineData("closed", "bad   server  SRV        0 0 0 ., kept 60 s")]
    [InlineData("dead", "bad   server  connect    gw.b.example:1: ")]
    public async Task What_is_wrong_with_the_records_is_told(string kind, string expected)
    {
        var minute = TimeSpan.FromMinutes(1);
        _zone.Services = kind switch
        {
            "failed" => DnsAnswer.Failed<SrvRecord>("server failure"),
            "closed" => DnsAnswer.Found<SrvRecord>([new(0, 0, 0, "")], minute),
            "dead" => DnsAnswer.Found<SrvRecord>([new(0, 0, 1, "gw.b.example")], minute),
            _ => DnsAnswer.Missing<SrvRecord>(minute),
        };
        _zone.HasAddresses = kind == "dead";

        Assert.Equal(ExitCode.Refused, await Check(null));
        Assert.Contains(expected, _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_says_anything_is_told_in_the_end()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _zone.Services = DnsAnswer.Found<SrvRecord>(
            [new(0, 0, ((IPEndPoint)silent.LocalEndpoint).Port, "gw.b.example")], TimeSpan.FromMinutes(1));
        var time = new FakeTimeProvider();

        var check = Check(null, time);
        using var socket = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken);
        time.Advance(ServerCheck.Limit);

        Assert.Equal(ExitCode.Refused, await check);
        Assert.Contains("no answer in time", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_domain_is_a_wrong_usage()
    {
        var run = new CliRun();

        Assert.Equal(ExitCode.Usage, await run.Run("check", "b_example"));
        Assert.Contains("'b_example' is no domain", run.Error, StringComparison.Ordinal);
    }

    private Task<int> Check(TlsGreeter? server) => Check(server, TimeProvider.System);

    private Task<int> Check(TlsGreeter? server, TimeProvider time)
    {
        var servers = new ServerCheck(
            new AddressBook(_zone, time), new AddressRace(time), server is null ? [] : [server.Certificate], time);
        return CheckCommand.Run(
            new DomainCheck(_zone, servers), B, ["server"], new Report(_out, TextWriter.Null, isJson: false),
            TestContext.Current.CancellationToken);
    }

    private sealed class Zone : IDnsResolver
    {
        public DnsAnswer<SrvRecord> Services { get; set; } = DnsAnswer.Missing<SrvRecord>(TimeSpan.Zero);

        public bool HasAddresses { get; set; } = true;

        public Task<DnsAnswer<SrvRecord>> FindServices(string name, CancellationToken cancellationToken) =>
            Task.FromResult(Services);

        public Task<DnsAnswer<IPAddress>> FindAddresses(
            string host, AddressFamily family, CancellationToken cancellationToken) =>
            Task.FromResult(HasAddresses && family == AddressFamily.InterNetwork
                ? DnsAnswer.Found([IPAddress.Loopback], TimeSpan.FromMinutes(1))
                : DnsAnswer.Missing<IPAddress>(TimeSpan.Zero));
    }
}
