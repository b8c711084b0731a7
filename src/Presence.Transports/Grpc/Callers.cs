using System.Text;
using Grpc.Core;
using Presence.Model.Addresses;
using Presence.Sessions.Transport;

namespace Presence.Transports.Grpc;

/// <summary>
/// Finds out who calls, by the metadata <c>authorization</c>, or without it by the certificate of the connection.
/// </summary>
internal sealed class Callers(ICallerAccounts accounts, IBearerTokens tokens)
{
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Null without credentials.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED, the same for whatever is wrong with them.</exception>
    public async Task<KnownCaller?> Find(ServerCallContext call, CallOrigin origin)
    {
        if (call.RequestHeaders.GetValue("authorization") is not { Length: > 0 } credentials)
            return origin.Tls?.ClientNames is [var name] ? await Known(name, call) : null;
        if (origin is { Tls: null, IsLoopback: false })
            throw CallFaults.Of(426, "tls-required");
        return Known(await Check(credentials, origin).WaitAsync(call.CancellationToken));
    }

    /// <exception cref="RpcException">UNAUTHENTICATED, also without credentials.</exception>
    public async Task<KnownCaller> Require(ServerCallContext call, CallOrigin origin) =>
        await Find(call, origin) ?? throw CallFaults.Of(401, "auth-required");

    private async Task<KnownCaller> Known(Address named, ServerCallContext call) =>
        Known(await accounts.Find(named.ToString()).WaitAsync(call.CancellationToken));

    private static KnownCaller Known(Address? user) =>
        user is { } known ? new KnownCaller(known) : throw CallFaults.Of(435, "auth-failed");

    private async Task<Address?> Check(string credentials, CallOrigin origin) =>
        credentials.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
            ? await CheckBasic(credentials[Basic.Length..].Trim(), origin)
        : credentials.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? await tokens.Check(credentials[Bearer.Length..].Trim())
        : null;

    private async Task<Address?> CheckBasic(string base64, CallOrigin origin)
    {
        var octets = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, octets, out var length))
            return null;
        string text;
        try
        {
            text = StrictUtf8.GetString(octets, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        // RFC 7617: the first colon ends the name.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : await accounts.CheckPassword(text[..colon], text[(colon + 1)..], origin.Remote);
    }
}
