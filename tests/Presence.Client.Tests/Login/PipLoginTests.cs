using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Client.Tests.Scripts;
using Presence.Model.Addresses;
using Presence.Protocol.Sasl;

namespace Presence.Client.Tests.Login;

public sealed class PipLoginTests
{
    private static readonly Address Alice = Address.Parse("alice@localhost");

    [Fact]
    public async Task HELLO_AUTH_and_BIND_open_a_session()
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var login = LogIn(connection, LoginScript.Password);
        var bind = await server.LetInAfterGreeting();

        var (user, bound) = await login;
        Assert.Equal("BIND 4 ep=desk prio=-1 show=offline", bind);
        Assert.Equal(
            (Alice, "s-1", "k", TimeSpan.FromSeconds(300)), (user, bound.SessionId, bound.Key, bound.Lifetime));
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_the_servers_code()
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var login = LogIn(connection, "pencils");
        await server.AnswerHello(LoginScript.Offer);
        await server.Authenticate(Exchange(LoginScript.Offer), LoginScript.VerifierOf(LoginScript.Password));

        var failure = await Assert.ThrowsAsync<PipLoginException>(() => login);
        Assert.Equal((435, "auth-failed"), (failure.Code, failure.Reason));
    }

    [Theory]
    [InlineData("data=")]
    [InlineData("data=dj1BQUFB")]
    [InlineData("data=%25%25")]
    [InlineData("x=y")]
    public async Task A_server_that_does_not_prove_itself_is_refused(string final)
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var login = LogIn(connection, LoginScript.Password);
        await server.AnswerHello(LoginScript.Offer);
        var exchange = Exchange(LoginScript.Offer);
        var first = await server.Hear();
        exchange.Step1(Convert.FromBase64String(first!.Split("data=")[1]));
        var challenge = (SaslOutcome.Continue)exchange.ServerFirst(LoginScript.VerifierOf(LoginScript.Password));
        await server.Say($"310 2 continue data={Convert.ToBase64String(challenge.Data.Span)}");
        await server.Hear();
        await server.Say($"200 3 ok user=alice@localhost {final}");

        Assert.Equal("server-unproven", (await Assert.ThrowsAsync<PipLoginException>(() => login)).Reason);
    }

    [Fact]
    [Trait("Conformance", "AUT-07")]
    public async Task A_list_of_mechanisms_changed_on_the_way_makes_the_client_abort()
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var login = LogIn(connection, LoginScript.Password);
        await server.AnswerHello(LoginScript.Offer);
        var sent = SaslOffer.Of([SaslMechanism.ScramSha256, SaslMechanism.External], []);
        await server.Authenticate(Exchange(sent), LoginScript.VerifierOf(LoginScript.Password));

        Assert.Equal("server-unproven", (await Assert.ThrowsAsync<PipLoginException>(() => login)).Reason);
    }

    [Fact]
    public async Task A_server_without_SCRAM_gets_no_password()
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var login = LogIn(connection, LoginScript.Password);
        await server.AnswerHello(SaslOffer.Of([SaslMechanism.Plain], []));

        Assert.Equal("no-mechanism", (await Assert.ThrowsAsync<PipLoginException>(() => login)).Reason);
    }

    [Fact]
    public async Task An_endpoint_in_use_is_told()
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var binding = PipLogin.Bind(connection, new BindRequest("desk") { Takes = true });
        await server.Exchange("BIND 1 ep=desk prio=0 show=online take=yes", "409 1 conflict text=in%20use");

        var failure = await Assert.ThrowsAsync<PipLoginException>(() => binding);
        Assert.Equal((409, "conflict"), (failure.Code, failure.Reason));
        Assert.Contains("in use", failure.Message);
    }

    [Theory]
    [InlineData("200 1 ok v=2.0 auth=SCRAM-SHA-256", "bad-hello")]
    [InlineData("200 1 ok v=1.0", "bad-hello")]
    [InlineData("200 1 ok v=1.0 auth=SCRAM-SHA-256 idle=0", "bad-hello")]
    [InlineData("505 1 version v=2.0", "version")]
    public async Task An_answer_to_HELLO_that_is_no_offer_ends_the_login(string answer, string reason)
    {
        await using var server = new ScriptedServer();
        await using var connection = await server.Greet();
        var hello = PipLogin.Hello(connection);
        await server.Exchange("HELLO 1 localhost v=1.0 role=client agent=presence-dotnet/0.1", answer);

        Assert.Equal(reason, (await Assert.ThrowsAsync<PipLoginException>(() => hello)).Reason);
    }

    [Fact]
    public async Task Over_TLS_the_login_is_bound_to_the_channel()
    {
        using var certificate = TestCertificates.For("localhost");
        await using var server = new ScriptedServer(certificate);
        await using var connection = await server.Greet(
            server.Options with { ExtraAuthorities = [TestCertificates.Authority] });
        var login = LogIn(connection, LoginScript.Password);
        var offer = SaslOffer.Of(
            [SaslMechanism.ScramSha256Plus, SaslMechanism.ScramSha256], [ServerEndPointBinding.Type]);
        await server.AnswerHello(offer);
        var first = await server.Authenticate(
            new ScramServerExchange(new(offer, SaslMechanism.ScramSha256Plus)
            {
                Binding = new(ServerEndPointBinding.Type, ServerEndPointBinding.Compute(certificate)),
                TlsVersion = TlsVersion.From(connection.Tls!.Protocol),
            }),
            LoginScript.VerifierOf(LoginScript.Password));
        await server.Hear();
        await server.Say("200 4 ok");

        Assert.StartsWith("AUTH 2 SCRAM-SHA-256-PLUS data=", first);
        Assert.Equal(Alice, (await login).User);
    }

    private static async Task<(Address User, BoundSession Bound)> LogIn(PipConnection connection, string password)
    {
        var offer = await PipLogin.Hello(connection);
        var user = await PipLogin.Authenticate(connection, offer, Alice, password);
        return (user, await PipLogin.Bind(connection, new BindRequest("desk") { Priority = -1, Show = "offline" }));
    }

    private static ScramServerExchange Exchange(SaslOffer offer) => new(new(offer, SaslMechanism.ScramSha256));
}
