using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Grains.Peers;

/// <summary>The requests of a mirror, and how their answers are read.</summary>
internal readonly struct MirrorRequests(Address node, DateTimeOffset now)
{
    /// <summary>The verb of <see cref="Unsubscribe"/>, whose target is the id between the domains.</summary>
    public const string End = "UNSUB";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <param name="entry">The subscription.</param>
    /// <param name="expires">Life wished for, or null.</param>
    /// <param name="view">A view of the node that we know, or null: what is seen in it need not be told again.</param>
    /// <param name="version">The version that we know in it.</param>
    /// <param name="proof">Of a passphrase, for the other domain to judge; or null.</param>
    public PeerRequest Subscribe(
        MirrorEntry entry, TimeSpan? expires, string? view, long version, PassphraseProof? proof)
    {
        var parameters = ImmutableArray.CreateBuilder<SavedParameter>();
        parameters.Add(new("from", entry.Watcher.ToString()));
        parameters.Add(new("id", entry.LinkId));
        if (expires is { } life)
            parameters.Add(new("expires", ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        if (view is not null && version > 0)
        {
            parameters.Add(new("view", view));
            parameters.Add(new("ver", version.ToString(CultureInfo.InvariantCulture)));
        }

        if (proof is not null)
        {
            parameters.Add(new("nonce", proof.Nonce));
            parameters.Add(new("proof", Base64Url.EncodeToString(proof.Octets)));
        }

        return new PeerRequest(
            "SUB", new Place(node, entry.Path).ToString(), parameters.ToImmutable(), null, now + Life);
    }

    public PeerRequest Unsubscribe(MirrorEntry entry) => new(
        End,
        entry.LinkId,
        [new("from", entry.Watcher.ToString()), new("at", new Place(node, entry.Path).ToString())],
        null,
        now + Life);

    /// <summary>True if the other domain could not be asked or had no time: SYNC asks again.</summary>
    public static bool IsForLater(SavedReply reply) => reply.Code is 500 or 503 or 504;

    /// <summary>Who has asked too much is told so himself.</summary>
    public static Refusal RefusalOf(SavedReply reply) => reply.Code == Refusal.SlowDown.Code
        ? Refusal.SlowDown
        : new Refusal(reply.Code, reply.Reason, Text(reply, "param"));

    /// <summary>The least life that is granted, or how long he must wait; zero if nothing is said of it.</summary>
    public static TimeSpan TimeOf(SavedReply reply) => Seconds(reply, "min") ?? Seconds(reply, "retry") ?? default;

    public static string? Text(SavedReply? reply, string name) =>
        reply?.Parameters.FirstOrDefault(parameter => parameter.Name == name).Value;

    public static TimeSpan? Seconds(SavedReply? reply, string name) =>
        int.TryParse(Text(reply, name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
