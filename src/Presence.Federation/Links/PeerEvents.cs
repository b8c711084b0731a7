using System.Globalization;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;
using Presence.Protocol.Framing;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Links;

/// <summary>
/// <c>NOTIFY #n place [to=] view= ver= val= [t=]</c>: a value, once for all of a domain who see this view. The domain is named
/// if it is another one than AUTH has named.
/// </summary>
internal sealed class PeerValueEvent(Address node, string view, PropertyDelta delta, EventForm form) : OutboundEvent
{
    public override object? SupersedeKey { get; } = new ValueKey(node, view, delta.Path);

    public override int Octets => 160 + (delta.Now?.Value.Size ?? 0);

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("NOTIFY", sequence, new Place(node, delta.Path).ToString());
        if (form.To is { } domain)
            writer.Param("to", domain.ToString());
        writer.Param("view", view);
        PeerValues.End(ref writer, delta, form.OmitsTime);
    }
}

/// <summary>
/// <c>NOTIFY #n place [to=] id= [view= state= expires= why=] [ver= val= [t=]]</c>: what becomes of one subscription.
/// </summary>
internal sealed class PeerStateEvent(
    Place place, string id, string? view, string? state, string? why, TimeSpan? life, PropertyDelta? value,
    EventForm form)
    : OutboundEvent
{
    public override int Octets => 200 + (value?.Now?.Value.Size ?? 0);

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("NOTIFY", sequence, value is null ? place.ToString() : place.At(value.Path).ToString());
        if (form.To is { } domain)
            writer.Param("to", domain.ToString());
        writer.Param("id", id);
        if (view is not null)
            writer.Param("view", view);
        if (state is not null)
            writer.Param("state", state);
        if (life is { } left)
            writer.Param("expires", ((long)Math.Max(0, left.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        if (why is not null && value is null)
            writer.Param("why", why);
        if (value is null)
            writer.End();
        else
            PeerValues.End(ref writer, value, form.OmitsTime);
    }
}

/// <summary><c>MEMBER #n group to= who= state= [role=] t=</c></summary>
internal sealed class PeerMemberEvent(MemberNotice notice, Address to) : OutboundEvent
{
    public override int Octets => 200;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("MEMBER", sequence, notice.Group.ToString());
        writer.Param("to", to.ToString());
        writer.Param("who", notice.Who.ToString());
        writer.Param("state", GroupStandingWords.Word(notice.Standing));
        if (notice.Role is { } role)
            writer.Param("role", GroupRoleWords.Word(role));
        writer.Param("t", notice.At);
        writer.End();
    }
}

/// <summary>How a value is written between domains.</summary>
internal static class PeerValues
{
    public static void End(ref FrameWriter writer, PropertyDelta delta, bool omitsTime)
    {
        writer.Param("ver", delta.Version);
        var value = delta.Now?.Value;
        if (value?.Text is { } text)
            writer.Param("val", text);
        if (value?.Type is { } type)
            writer.Param("type", type);
        if (value?.Language is { } language)
            writer.Param("lang", language);
        if (!omitsTime || !VersionTime.Tells(delta))
            writer.Param("t", delta.At);
        if (value is null || delta.Why is not null)
            writer.Param("why", delta.Why ?? "deleted");
        if (value is { Text: null })
            writer.End(value.Body.Span);
        else
            writer.End();
    }

    /// <summary>The events that a batch of a subscription grain is worth, in order.</summary>
    /// <param name="batch">What has happened.</param>
    /// <param name="form">How they are written.</param>
    /// <param name="now">The present.</param>
    public static IEnumerable<OutboundEvent> EventsOf(RouteBatch batch, EventForm form, DateTimeOffset now)
    {
        foreach (var delta in batch.Changes.IsDefault ? [] : batch.Changes)
        {
            if (batch.View is { } view)
                yield return new PeerValueEvent(batch.Node, view, delta, form);
        }

        foreach (var notice in batch.Notices.IsDefault ? [] : batch.Notices)
        {
            foreach (var outbound in EventsOf(batch.Node, notice, form, now))
                yield return outbound;
        }
    }

    private static IEnumerable<OutboundEvent> EventsOf(
        Address node, SubscriptionNotice notice, EventForm form, DateTimeOffset now)
    {
        var place = new Place(node, notice.Path);
        if (notice.Event == SubscriptionEvent.Terminated)
        {
            yield return new PeerStateEvent(place, notice.Id, null, "terminated", notice.Why, null, null, form);
            yield break;
        }

        var state = notice.Event == SubscriptionEvent.Activated ? "active" : null;
        var life = state is null ? null : notice.Expires - now;
        var values = notice.Values.IsDefault ? [] : notice.Values;
        yield return new PeerStateEvent(
            place, notice.Id, notice.View, state, null, life, values.Length > 0 ? values[0] : null, form);
        if (notice.View is not { } view)
            yield break;
        foreach (var value in values.Skip(1))
            yield return new PeerValueEvent(node, view, value, form);
    }
}
