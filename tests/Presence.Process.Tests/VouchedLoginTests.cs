using System.Text;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>Logins that somebody else vouches for, at one node that knows an issuer of tokens and an authority.</summary>
public sealed class VouchedLoginTests(VouchedNode node) : IClassFixture<VouchedNode>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly string InvalidToken =
        Convert.ToBase64String("{\"status\":\"invalid_token\"}"u8);

    private readonly Vouchers _vouchers = node.Vouchers;

    [Fact]
    [Trait("Conformance", "AUT-09")]
    public async Task A_token_logs_in_and_one_that_is_not_good_is_told_without_what_is_wrong_with_it()
    {
        await using var line = await TlsLine.Connect(node.Pips);
        Assert.Contains(",OAUTHBEARER ", line.Hello, StringComparison.Ordinal);

        var expired = await line.Ask(Bearer(_vouchers.Token("alice", -Minute)));
        var foreign = await line.Ask(Bearer(_vouchers.Token("alice", Minute, issuer: "https://evil.example")));

        Assert.Equal($"435 2 auth-failed data={InvalidToken}", expired);
        Assert.Equal($"435 3 auth-failed data={InvalidToken}", foreign);
        Assert.Equal("200 4 ok user=alice@localhost", await line.Ask(Bearer(_vouchers.Token("alice", Minute))));
    }

    [Fact]
    public async Task A_token_of_somebody_without_an_account_or_for_somebody_else_logs_nobody_in()
    {
        await using var line = await TlsLine.Connect(node.Pips);

        var unknown = await line.Ask(Bearer(_vouchers.Token("zoe", Minute)));
        var other = await line.Ask(Bearer(_vouchers.Token("alice", Minute), actAs: "bob"));

        Assert.Equal($"435 2 auth-failed data={InvalidToken}", unknown);
        Assert.Equal($"435 3 auth-failed data={InvalidToken}", other);
    }

    [Fact]
    [Trait("Conformance", "AUT-12")]
    public async Task A_token_that_is_too_long_for_a_line_comes_as_a_body()
    {
        await using var line = await TlsLine.Connect(node.Pips);
        var message = Message(_vouchers.Token("alice", Minute, padding: 5000), actAs: null);

        Assert.True(message.Length > 4096);
        Assert.Equal("200 2 ok user=alice@localhost",
            await line.Ask($"AUTH # OAUTHBEARER {{{message.Length}}}\r\n{message}"));
    }

    [Fact]
    public async Task A_certificate_of_the_authority_logs_in_whom_it_names()
    {
        using var certificate = _vouchers.Certificate("alice@localhost");
        await using var line = await TlsLine.Connect(node.Pips, certificate);
        await using var named = await TlsLine.Connect(node.Pips, certificate);
        var bob = Convert.ToBase64String("bob"u8);
        var alice = Convert.ToBase64String("alice@localhost"u8);

        Assert.Contains(",EXTERNAL,", line.Hello, StringComparison.Ordinal);
        Assert.Equal("200 2 ok user=alice@localhost", await line.Ask("AUTH # EXTERNAL data="));
        Assert.Equal("435 2 auth-failed", await named.Ask($"AUTH # EXTERNAL data={bob}"));
        Assert.Equal("200 3 ok user=alice@localhost", await named.Ask($"AUTH # EXTERNAL data={alice}"));
    }

    [Fact]
    public async Task A_pinned_certificate_logs_in_whom_the_operator_says()
    {
        await using var line = await TlsLine.Connect(node.Pips, node.Pinned);

        Assert.Equal("200 2 ok user=bob@localhost", await line.Ask("AUTH # EXTERNAL data="));
    }

    [Fact]
    [Trait("Conformance", "AUT-08")]
    public async Task A_certificate_that_says_nothing_here_is_as_none()
    {
        using var selfMade = _vouchers.Certificate("alice@localhost", isSelfSigned: true);
        using var ofServer = _vouchers.Certificate("alice@localhost", usage: "1.3.6.1.5.5.7.3.1");
        foreach (var certificate in new[] { null, selfMade, ofServer })
        {
            await using var line = await TlsLine.Connect(node.Pips, certificate);
            Assert.DoesNotContain("EXTERNAL", line.Hello, StringComparison.Ordinal);
            Assert.Equal("435 2 auth-failed", await line.Ask("AUTH # EXTERNAL data="));
        }
    }

    [Fact]
    public async Task Plain_can_be_switched_off_over_tls()
    {
        await using var line = await TlsLine.Connect(node.Pips);
        var plain = Convert.ToBase64String("\0alice\0wonderland"u8);

        Assert.DoesNotContain("PLAIN", line.Hello, StringComparison.Ordinal);
        Assert.Equal("435 2 auth-failed", await line.Ask($"AUTH # PLAIN data={plain}"));
    }

    private static string Bearer(string token, string? actAs = null) =>
        $"AUTH # OAUTHBEARER data={Convert.ToBase64String(Encoding.ASCII.GetBytes(Message(token, actAs)))}";

    private static string Message(string token, string? actAs)
    {
        var header = actAs is null ? "n,," : $"n,a={actAs},";
        return $"{header}\u0001auth=Bearer {token}\u0001\u0001";
    }
}
