using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Federation.Dialing;
using Presence.Model.Addresses;
using Presence.Sessions.Connections;

namespace Presence.Federation.Links;

/// <summary>
/// Asks the server of a claimed domain whether it has made the claim. It is found as any server is and must prove by its
/// certificate that it speaks for that domain: whoever forges the DNS can make a claim fail and nothing else.
/// </summary>
internal sealed class ClaimCallback(IPeerDialer dialer, IOptions<PeerLinkOptions> options, PresenceClock clock)
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    /// <summary>200 if it has; 403 if not, or if nobody there is to be believed; 504 if nobody could be asked.</summary>
    public async Task<Reply> Ask(Domain accepting, Domain claimed, string key, string session)
    {
        using var limit = new CancellationTokenSource(Time, clock.Time);
        try
        {
            var outcome = await dialer.Dial(accepting, claimed, limit.Token);
            if (outcome.Connection is not { } opened)
                return outcome.Failure!.IsTemporary ? Silent : new Reply(403, "forbidden");
            var connection = new LinkConnection(opened, options.Value, clock.Time);
            await using var cut = limit.Token.Register(() => connection.Abort("idle"));
            try
            {
                return await Speak(connection, claimed, key, session);
            }
            finally
            {
                await connection.Close();
            }
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException or InvalidOperationException)
        {
            return Silent;
        }
    }

    private static Reply Silent => new(504, "peer-timeout");

    private static async Task<Reply> Speak(LinkConnection connection, Domain claimed, string key, string session)
    {
        if (await connection.Next() is not { Code: 220 })
            return Silent;
        connection.Request(
            "HELLO", 1, claimed.ToString(),
            ("v", "1.0"), ("role", "server"), ("from", connection.Peer.Local.ToString()));
        if (await connection.Next() is not { Code: 200 })
            return Silent;
        connection.Widen();
        connection.Request("VERIFY", 2, claimed.ToString(), ("key", key), ("id", session));
        var verdict = await connection.Next();
        if (verdict is null)
            return Silent;
        connection.Request("QUIT", 3, null);
        return verdict.Code == 200 ? Reply.Ok : new Reply(403, "forbidden");
    }
}
