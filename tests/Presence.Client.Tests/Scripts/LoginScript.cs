using Presence.Model.Accounts;
using Presence.Protocol.Sasl;

namespace Presence.Client.Tests.Scripts;

/// <summary>The server's part of a login of alice with the password "pencil".</summary>
public static class LoginScript
{
    public const string Password = "pencil";

    private static readonly ScramVerifier Verifier = VerifierOf(Password);

    public static SaslOffer Offer { get; } = SaslOffer.Of([SaslMechanism.ScramSha256], []);

    public static ScramVerifier VerifierOf(string password)
    {
        var salt = new byte[ScramVerifier.SaltLength];
        return ScramVerifier.Derive(password, salt, ScramVerifier.MinIterations);
    }

    /// <summary>Greets and lets alice in with any endpoint.</summary>
    /// <returns>The BIND request.</returns>
    public static async Task<string> LetIn(this ScriptedServer server)
    {
        await server.Accept();
        await server.Say("220 0 ready v=1.0 id=test");
        return await server.LetInAfterGreeting();
    }

    public static async Task<string> LetInAfterGreeting(this ScriptedServer server)
    {
        await server.Authenticate();
        var bind = await server.Hear();
        await server.Say($"200 {TagOf(bind)} ok ep=desk sid=s-1 key=k ttl=300");
        return bind!;
    }

    /// <summary>HELLO and AUTH of alice.</summary>
    public static async Task Authenticate(this ScriptedServer server)
    {
        await server.AnswerHello(Offer);
        await server.Authenticate(new ScramServerExchange(new(Offer, SaslMechanism.ScramSha256)), Verifier);
    }

    /// <summary>Hears HELLO and offers mechanisms.</summary>
    public static async Task<string> AnswerHello(this ScriptedServer server, SaslOffer offer)
    {
        var hello = await server.Hear();
        var cb = offer.CbValue is { } bindings ? $" cb={bindings}" : "";
        await server.Say($"200 {TagOf(hello)} ok v=1.0 domain=localhost auth={offer.AuthValue}{cb} features=resume "
            + "maxline=4096 maxbody=65536 inflight=64 events=256 idle=120 time=2026-11-22T06:10:00.000Z");
        return hello!;
    }

    /// <summary>Plays the server's side of SCRAM to the end, whatever it is.</summary>
    /// <returns>The first AUTH request.</returns>
    public static async Task<string> Authenticate(
        this ScriptedServer server, ScramServerExchange exchange, ScramVerifier verifier)
    {
        var first = await server.Hear();
        Assert.IsType<SaslOutcome.VerifierWanted>(exchange.Step1(Data(first)));
        var challenge = Assert.IsType<SaslOutcome.Continue>(exchange.ServerFirst(verifier));
        await server.Say($"310 {TagOf(first)} continue data={Convert.ToBase64String(challenge.Data.Span)}");

        var second = await server.Hear();
        await server.Say(second!.Contains("abort=yes", StringComparison.Ordinal)
            ? $"435 {TagOf(second)} auth-failed"
            : exchange.Step2(Data(second)) is SaslOutcome.Success success
                ? $"200 {TagOf(second)} ok user=alice@localhost data={Convert.ToBase64String(success.Data.Span)}"
                : $"435 {TagOf(second)} auth-failed");
        return first!;
    }

    public static string TagOf(string? frame) => frame!.Split(' ')[1];

    private static byte[] Data(string? frame) =>
        Convert.FromBase64String(frame!.Split(' ').Single(p => p.StartsWith("data=", StringComparison.Ordinal))[5..]);
}
