using System.Text;
using Presence.Model.Accounts;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

/// <summary>Short forms for driving exchanges with text.</summary>
internal static class Exchange
{
    public static SaslOutcome Step1(this ScramServerExchange server, string message) =>
        server.Step1(Encoding.UTF8.GetBytes(message));

    public static SaslOutcome Step2(this ScramServerExchange server, string message) =>
        server.Step2(Encoding.UTF8.GetBytes(message));

    public static SaslOutcome ClientFinal(this ScramClientExchange client, string message) =>
        client.ClientFinal(Encoding.UTF8.GetBytes(message));

    public static SaslOutcome Verify(this ScramClientExchange client, string message) =>
        client.Verify(Encoding.UTF8.GetBytes(message));

    public static string Text(this SaslOutcome outcome) => outcome switch
    {
        SaslOutcome.Continue next => Encoding.UTF8.GetString(next.Data.Span),
        SaslOutcome.Success success => Encoding.UTF8.GetString(success.Data.Span),
        _ => throw new Xunit.Sdk.XunitException($"octets expected, got {outcome}"),
    };

    public static SaslFailure Reason(this SaslOutcome outcome) => Assert.IsType<SaslOutcome.Failure>(outcome).Reason;

    /// <summary>Both sides from first to last; the server's result, or the first failure.</summary>
    public static SaslOutcome Run(ScramServerExchange server, ScramClientExchange client, ScramVerifier verifier)
    {
        var wanted = server.Step1(client.ClientFirst());
        if (wanted is not SaslOutcome.VerifierWanted)
            return wanted;
        var final = client.ClientFinal(server.ServerFirst(verifier).Text());
        if (final is not SaslOutcome.Continue)
            return final;
        var result = server.Step2(final.Text());
        if (result is SaslOutcome.Success)
            Assert.IsType<SaslOutcome.Success>(client.Verify(result.Text()));
        return result;
    }
}
