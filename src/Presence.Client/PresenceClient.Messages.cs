using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Presence.Client.Requests;

namespace Presence.Client;

/// <summary>Messages out.</summary>
public sealed partial class PresenceClient
{
    /// <summary>
    /// Sends text to an account or a group. Returns when a server has taken it over; <see cref="SentMessage.Delivery"/> tells
    /// whether it arrived. A message under way when the connection or the session is lost is sent again under the same
    /// number, and the recipient gets it once. Messages of one caller to one address keep their order, save for those that
    /// had to be sent again.
    /// </summary>
    /// <param name="to">Such as <c>bob@example.org</c>.</param>
    /// <param name="text">Anything; the server's limit is 65 536 octets by default.</param>
    /// <param name="options">Receipts, lifetime, subject; null for the defaults.</param>
    /// <exception cref="PipRefusedException">
    /// Such as <c>480 unavailable</c>: nobody is there to get it; <c>403 forbidden</c>; <c>413 body-too-large</c>.
    /// </exception>
    /// <exception cref="PresenceUnansweredException">No answer in time: it may have arrived.</exception>
    /// <example>
    /// <code>
    /// var sent = await me.SendAsync("bob@localhost", "Tea?");
    /// var delivery = await sent.Delivery;
    /// Console.WriteLine($"{sent.Mid}: {delivery.Outcome}");
    /// </code>
    /// </example>
    public Task<SentMessage> SendAsync(
        string to, string text, SendOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAsync(to, Encoding.UTF8.GetBytes(text), options, cancellation);
    }

    /// <summary>Sends octets of any type.</summary>
    /// <inheritdoc cref="SendAsync(string, string, SendOptions?, CancellationToken)"/>
    public Task<SentMessage> SendAsync(
        string to, ReadOnlyMemory<byte> body, SendOptions? options = null, CancellationToken cancellation = default)
    {
        var sending = options ?? new SendOptions();
        var place = Parse(to);
        if (sending.Lifetime < TimeSpan.FromSeconds(1) || sending.Lifetime > TimeSpan.FromDays(1))
            throw new ArgumentException("The lifetime of a message is 1 second to 1 day.", nameof(options));

        var mid = sending.Mid ?? RandomNumberGenerator.GetHexString(24, lowercase: true);
        var frame = new RequestFrame("SEND", place.ToString(),
        [
            ("mid", mid),
            ("type", sending.ContentType),
            ("want", Wants(sending)),
            ("ttl", sending.Lifetime == SendOptions.UsualLifetime ? null : Seconds(sending.Lifetime)),
            ("subject", sending.Subject),
            ("class", sending.Class),
            ("re", sending.ReplyTo),
        ], body);
        return _keeper.Outbound.Send(new SentMessage(mid, place), frame, sending, cancellation);
    }

    /// <summary>Tells the sender that a person has seen the message.</summary>
    /// <exception cref="PipRefusedException">Such as <c>481</c>: the message is not known any more.</exception>
    public Task MarkDisplayedAsync(Message message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Do("RECEIPT", message.From.ToString(), cancellation, ("mid", message.Mid), ("disp", "displayed"));
    }

    private static string Seconds(TimeSpan lifetime) =>
        ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string? Wants(SendOptions options) => (options.WantsDelivered, options.WantsDisplayed) switch
    {
        (true, true) => "delivered,displayed",
        (true, false) => "delivered",
        (false, true) => "displayed",
        _ => null,
    };
}
