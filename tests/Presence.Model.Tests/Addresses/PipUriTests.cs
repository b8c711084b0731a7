using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

[Trait("Conformance", "LOC-04")]
public sealed class PipUriTests
{
    [Theory]
    [InlineData("pip:bob@b.example", "bob@b.example", null, "")]
    [InlineData("pip:bob@b.example/status", "bob@b.example/status", null, "")]
    [InlineData("pip:bob@b.example/ep/phone", "bob@b.example/ep/phone", null, "")]
    [InlineData("pip:b.example", "b.example", null, "")]
    [InlineData("pip:bob@b.example/status?query", "bob@b.example/status", "query", "")]
    [InlineData("pip:bob@b.example/status?subscribe;expires=9", "bob@b.example/status", "subscribe", "expires=9")]
    [InlineData("pip:bob@b.example?send;type=text/plain", "bob@b.example", "send", "type=text/plain")]
    [InlineData("pip:chess@a.example?join", "chess@a.example", "join", "")]
    [InlineData("pip:bob@b.example?invite", "bob@b.example", "invite", "")]
    [InlineData("pip:b.example?x-show;a=;b=%3B", "b.example", "x-show", "a=,b=;")]
    [InlineData("pip:bob@[2001:db8::1]/status", "bob@[2001:db8::1]/status", null, "")]
    [InlineData("pip:b.example/interest/games.%3E", "b.example/interest/games.>", null, "")]
    public void The_table_of_the_protocol_is_read(string text, string place, string? action, string parameters)
    {
        var uri = Read(text);
        Assert.Equal(place, uri.Place.ToString());
        Assert.Equal(action, uri.Action);
        Assert.Equal(parameters, string.Join(',', uri.Parameters.Select(p => $"{p.Key}={p.Value}")));
        Assert.Null(uri.Host);
        Assert.Null(uri.Port);
        Assert.Equal(text, uri.ToString());
    }

    [Theory]
    [InlineData("pip://gw1.b.example:7750/bob@b.example/status?query", "gw1.b.example", 7750)]
    [InlineData("pip://gw1.b.example/bob@b.example", "gw1.b.example", null)]
    [InlineData("pip://[2001:db8::1]:1/bob@b.example", "[2001:db8::1]", 1)]
    [InlineData("pip://[2001:db8::1]/bob@b.example", "[2001:db8::1]", null)]
    public void An_explicit_gateway_is_read(string text, string host, int? port)
    {
        var uri = Read(text);
        Assert.Equal(host, uri.Host?.Value);
        Assert.Equal(port, uri.Port);
        Assert.Equal("bob@b.example", uri.Address.ToString());
        Assert.Equal(text, uri.ToString());
    }

    [Theory]
    [InlineData("bob@b.example", "pip:bob@b.example")]
    [InlineData("  Bob@B.Example.\n", "pip:bob@b.example")]
    [InlineData("PIP:BOB@B.EXAMPLE?QUERY", "pip:bob@b.example?query")]
    [InlineData("pip:%62ob@b%2eexample/st%61tus", "pip:bob@b.example/status")]
    [InlineData("pip:stra%c3%9fe@fa%C3%9F.de", "pip:straße@xn--fa-hia.de")]
    [InlineData("bob@b.example/status?query", "pip:bob@b.example/status?query")]
    [InlineData("im:bob@b.example", "pip:bob@b.example?send")]
    [InlineData("IM:Bob@b.example", "pip:bob@b.example?send")]
    [InlineData("pres:bob@b.example", "pip:bob@b.example/status?subscribe")]
    [Trait("Conformance", "LOC-01")]
    public void Other_spellings_become_the_canonical_uri(string typed, string canonical) =>
        Assert.Equal(canonical, Read(typed).ToString());

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("pip:", "missing-host")]
    [InlineData("pip:bob@", "missing-host")]
    [InlineData("pip:bob@/status", "missing-host")]
    [InlineData("pip:/status", "missing-host")]
    [InlineData("pip://", "missing-host")]
    [InlineData("pip:///bob@b.example", "missing-host")]
    [InlineData("pip://gw1.b.example", "missing-host")]
    [InlineData("pip://gw1.b.example/", "missing-host")]
    [InlineData("pip:@b.example", "missing-local")]
    [InlineData("pip:bob:secret@b.example", "password")]
    [InlineData("bob:secret@b.example", "password")]
    [InlineData("pip:bob:sec/ret@b.example", "password")]
    [InlineData("pip:bob:se@cret@b.example", "password")]
    [InlineData("pip://bob:secret@gw1.b.example/bob@b.example", "password")]
    [InlineData("im:bob:secret@b.example", "password")]
    [InlineData("pip://bob@gw1.b.example/b.example", "domain-character")]
    [InlineData("pip:a@b@c.example", "many-at-signs")]
    [InlineData("pip:b%ob@b.example", "percent-escape")]
    [InlineData("pip:bob@b.example/%", "percent-escape")]
    [InlineData("pip:bob@b.example/%4", "percent-escape")]
    [InlineData("pip:bob@b.example?query;a=%GG", "percent-escape")]
    [InlineData("pip:bob@b.example?query;a=%C3", "percent-escape")]
    [InlineData("pip:bob%40x@b.example", "local-character")]
    [InlineData("pip:bob@b.example/", "path-segment")]
    [InlineData("pip:bob@b.example/a//b", "path-segment")]
    [InlineData("pip:b.example/games.>", "path-character")]
    [InlineData("pip:bob@b.example/status#top", "path-character")]
    [InlineData("pip:~/status", "domain-character")]
    [InlineData("pip://b.example:0/b.example", "port")]
    [InlineData("pip://b.example:65536/b.example", "port")]
    [InlineData("pip://b.example:/b.example", "port")]
    [InlineData("pip://b.example:+1/b.example", "port")]
    [InlineData("pip://b.example:000001/b.example", "port")]
    [InlineData("pip:bob@b.example?", "action")]
    [InlineData("pip:bob@b.example?delete", "action")]
    [InlineData("pip:bob@b.example?x-", "action")]
    [InlineData("pip:bob@b.example?query;", "parameter")]
    [InlineData("pip:bob@b.example?query;a", "parameter")]
    [InlineData("pip:bob@b.example?query;A=1", "parameter")]
    [InlineData("pip:bob@b.example?query;a=1;a=2", "parameter")]
    [InlineData("pip:bob@b.example?query;pass=1;pass=2", "parameter")]
    [InlineData("pip:bob@b.example?query;a=x y", "parameter")]
    [InlineData("mailto:bob@b.example", "scheme")]
    [InlineData("https://b.example/", "scheme")]
    [InlineData("im:b.example", "missing-local")]
    [InlineData("im:bob@b.example?subject=x", "foreign-part")]
    [InlineData("pres:bob@b.example/x", "foreign-part")]
    public void A_bad_uri_is_refused_with_the_reason(string? text, string word)
    {
        Assert.False(PipUri.TryParse(text, out var uri, out var fault));
        Assert.Null(uri);
        Assert.Equal(word, fault.Word);
        Assert.DoesNotContain("secret", fault.Sentence);
    }

    [Fact]
    public void A_refused_password_says_where_a_passphrase_belongs()
    {
        _ = PipUri.TryParse("pip:bob:secret@b.example", out _, out var fault);
        Assert.Contains(";pass=", fault.Sentence);
    }

    [Fact]
    [Trait("Conformance", "LOC-05")]
    public void The_passphrase_is_at_hand_but_never_printed()
    {
        var uri = Read("pip:bob@b.example/diary?query;a=1;pass=ses%20am;b=2");
        Assert.Equal("ses am", uri.Pass);
        Assert.Equal("pip:bob@b.example/diary?query;a=1;b=2", uri.ToString());
        Assert.DoesNotContain(uri.Parameters, p => p.Key == "pass");
        Assert.Null(uri.WithoutPass.Pass);
        Assert.Equal(uri.ToString(), uri.WithoutPass.ToString());
    }

    [Fact]
    public void Thirty_two_parameters_are_enough()
    {
        var many = string.Concat(Enumerable.Range(0, 31).Select(i => $";p{i}=")) + ";pass=x";
        Assert.Equal(31, Read("pip:b.example?query" + many).Parameters.Count);
        Assert.False(PipUri.TryParse($"pip:b.example?query{many};q=", out _, out var fault));
        Assert.Equal(AddressFault.Parameter, fault);
    }

    [Fact]
    public void Endless_input_is_refused_unread()
    {
        Assert.False(PipUri.TryParse("pip:" + new string('a', 1_000_000), out _, out var fault));
        Assert.Equal(AddressFault.TooLong, fault);
    }

    private static PipUri Read(string text)
    {
        Assert.True(PipUri.TryParse(text, out var uri, out var fault), fault.Word);
        return uri;
    }
}
