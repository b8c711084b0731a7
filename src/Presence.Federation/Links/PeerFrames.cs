using System.Buffers;
using System.Collections.Immutable;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;

namespace Presence.Federation.Links;

/// <summary>Between frames and what grains exchange.</summary>
internal static class PeerFrames
{
    public static void Write(ref FrameWriter writer, long tag, PeerRequest request, DateTimeOffset now)
    {
        writer.Request(request.Verb, tag, request.Target);
        foreach (var parameter in request.Parameters)
        {
            // What has waited, or is sent again, has less time left than when it was written.
            if (parameter.Name == "ttl")
                writer.Param("ttl", (long)Math.Max(1, Math.Ceiling((request.Expires - now).TotalSeconds)));
            else
                writer.Param(parameter.Name, parameter.Value);
        }

        if (request.Held is { } held)
            writer.End(SyncBody(held, now));
        else if (request.Members is { } members)
            writer.End(RosterBody(members));
        else if (request.Body is { } body)
            writer.End(body);
        else
            writer.End();
    }

    public static SavedReply ReplyOf(Frame response) => new(
        0, response.Code, response.Reason,
        [
            .. response.Parameters.Where(parameter => parameter.Name != "dup")
                .Select(parameter => new SavedParameter(parameter.Name, parameter.Value)),
        ],
        response.Body?.ToArray());

    /// <summary>NOTIFY as our mirror takes it; null if it makes no sense.</summary>
    public static PeerNotice? NoticeOf(Frame frame, PropertyPath path)
    {
        var fields = frame.Parameters;
        PropertyDelta? value = null;
        if (fields["ver"] is { } version)
        {
            if (!long.TryParse(version, out var number) || TimeOf(fields["t"], number) is not { } at)
                return null;
            value = new PropertyDelta(
                path,
                ValueOf(frame) is { } now ? new Property(path, now, number, at) : null,
                number, at, fields["why"]);
        }

        return new PeerNotice(
            path, fields["id"], fields["view"], fields["state"], value is null ? fields["why"] : null,
            int.TryParse(fields["expires"], out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
            value);
    }

    private static DateTimeOffset? TimeOf(string? text, long version) =>
        text is null ? VersionTime.Of(version)
        : WireTime.TryParse(text, out var at) ? at
        : null;

    private static PropertyValue? ValueOf(Frame frame) =>
        frame.Body is { } body ? PropertyValue.OfBody(
            body, frame.Parameters["type"] ?? "text/plain;charset=utf-8", frame.Parameters["lang"])
        : frame.Parameters["val"] is { } text ? PropertyValue.OfText(text, frame.Parameters["lang"])
        : null;

    private static ReadOnlySpan<byte> RosterBody(ImmutableArray<RosterLine> members)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var member in members)
        {
            writer.Item(member.Who.ToString());
            if (member.IsGone)
                writer.Param("state", "left");
            writer.End();
        }

        return octets.WrittenSpan;
    }

    private static ReadOnlySpan<byte> SyncBody(ImmutableArray<HeldSubscription> held, DateTimeOffset now)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var line in held)
        {
            writer.Item(line.Id);
            writer.Param("ver", line.Version);
            writer.Param("at", line.Place.ToString());
            writer.Param("from", line.Watcher.ToString());
            writer.Param("expires", Math.Max(60, (long)(line.Expires - now).TotalSeconds));
            writer.Param("state", line.IsActive ? PeerNotice.Active : "pending");
            if (line.View is { } view)
                writer.Param("view", view);
            writer.End();
        }

        return octets.WrittenSpan;
    }
}
