using System.Security.Cryptography;
using System.Text;
using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Peers;

/// <summary>A message on its way, the same on either way.</summary>
internal sealed record PeerMessage(Address To, string Mid, string? Want, ReadOnlyMemory<byte> Body)
{
    private const string Type = "text/plain;charset=utf-8";

    public static PeerMessage Of(Address to, string text, IEnumerable<string> wants) => new(
        to, RandomNumberGenerator.GetHexString(24, lowercase: true),
        string.Join(',', wants) is { Length: > 0 } list ? list : null, Encoding.UTF8.GetBytes(text));

    /// <summary>True if the sender is to hear that it has arrived.</summary>
    public bool WantsDelivered => Want?.Split(',').Contains("delivered") == true;

    public RequestBuilder Write => (ref writer, tag) =>
    {
        writer.Request("SEND", tag, To.ToString());
        writer.Param("mid", Mid);
        writer.Param("type", Type);
        if (Want is { } want)
            writer.Param("want", want);

        writer.End(Body.Span);
    };

    public async Task<SendResult> Send(PresenceSession home, CancellationToken cancellation)
    {
        var answer = await home.Ask(
            "SEND", To.ToString(), [("mid", Mid), ("type", Type), ("want", Want)], Body, cancellation);
        return new SendResult(Mid, answer.Code, answer.Reason, answer.Parameters["text"]);
    }
}
