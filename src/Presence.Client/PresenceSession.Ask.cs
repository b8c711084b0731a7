using Presence.Client.Connections;
using Presence.Client.Requests;

namespace Presence.Client;

/// <summary>Requests of every kind.</summary>
public sealed partial class PresenceSession
{
    /// <summary>
    /// Sends any request and awaits its final response. What is longer than the server takes is not sent, since that
    /// would cost the connection (docs/protocol/framing.md): the answer is then a 413 or 414 of this side's own.
    /// </summary>
    /// <param name="verb">Three to eight capitals.</param>
    /// <param name="target">In wire form; null for none.</param>
    /// <param name="parameters">In this order; those whose value is null are left out.</param>
    /// <param name="body">Null for none.</param>
    /// <returns>Also refusals, see <see cref="ServerAnswer.Require"/>.</returns>
    /// <exception cref="PipConnectionException">The connection ended.</exception>
    /// <exception cref="TimeoutException">No answer in time: the outcome is unknown.</exception>
    public async Task<ServerAnswer> Ask(
        string verb,
        string? target,
        IReadOnlyList<(string Name, string? Value)>? parameters = null,
        ReadOnlyMemory<byte>? body = null,
        CancellationToken cancellation = default)
    {
        var request = new RequestFrame(verb, target, parameters ?? [], body);
        return request.TooLongFor(Offer) ?? ServerAnswer.Of(await _connection.Request(request.WriteTo, cancellation));
    }
}
