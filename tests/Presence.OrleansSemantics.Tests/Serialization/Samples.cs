using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;
using Property = Presence.Model.Properties.Property;

namespace Presence.OrleansSemantics.Tests.Serialization;

/// <summary>Values of the model's types, with what is awkward in each.</summary>
internal static class Samples
{
    public static readonly Gen<string> Text = Gen.Elements(
        "", "a", "online", "two words", "Grüße", "\u0000\u001F\u007F", "😀", "línea\r\nnueva", new string('x', 5000));

    public static readonly Gen<string?> MaybeText = Maybe(Text);

    public static readonly Gen<byte[]> Octets =
        Gen.Choose(0, 40).SelectMany(count => Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(count));

    public static readonly Gen<long> Number = Gen.Elements(0L, 1, -1, 1_767_225_600_000_000, long.MaxValue);

    public static readonly Gen<DateTimeOffset> Time = Gen.Choose(0, int.MaxValue)
        .Select(i => DateTimeOffset.UnixEpoch.AddSeconds(i).AddTicks(i % 10_000_000));

    public static readonly Gen<Address> Address = Gen.Elements(
            "bob@b.example", "b.example", "müller+x@bücher.example", "a.b_c-d@[192.0.2.1]",
            "x@[2001:db8::1]", "한@b.example")
        .Select(Model.Addresses.Address.Parse);

    public static readonly Gen<PropertyPath> Paths = Gen.Elements(
            "", "status", "ep/desk/status", "x/%2F/%25", "Größe/a b", "x/\u0001", "x/%00")
        .Select(segments => segments.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(PropertyPath.Root, (path, next) => path.TryAppend(next, out var longer, out _) ? longer : path));

    public static readonly Gen<PropertyValue> Value = Gen.OneOf(
        from text in Text from language in MaybeText select PropertyValue.OfText(text, language),
        from body in Octets from type in Text from language in MaybeText
        select PropertyValue.OfBody(body, type, language));

    public static readonly Gen<Property> Properties =
        from path in Paths from value in Value from version in Number from at in Time
        from lease in MaybeValue(Time) from fallback in Maybe(Value)
        select new Property(path, value, version, at, lease, fallback);

    public static readonly Gen<PropertyChange> Change =
        from path in Paths from value in Maybe(Value) from fallback in Maybe(Value)
        from lease in MaybeValue(Gen.Choose(1, 86_400).Select(s => TimeSpan.FromSeconds(s)))
        select new PropertyChange(path, value, lease, fallback);

    public static readonly Gen<PropertyDelta> Delta =
        from path in Paths from now in Maybe(Properties) from version in Number from at in Time from why in MaybeText
        select new PropertyDelta(path, now, version, at, why);

    public static readonly Gen<InstantMessage> Message =
        from sender in Address from id in Text from type in Text from body in Octets from language in MaybeText
        from subject in MaybeText from reply in MaybeText from wants in Gen.Choose(0, 7)
        from automatic in Gen.Elements(true, false) from sent in Time from expires in Time
        from place in MaybeValue(from node in Address from path in Paths select new Place(node, path))
        from @class in MaybeText from best in Gen.Elements(true, false)
        from hops in Gen.Choose(0, InstantMessage.MaxHops) from via in Address.ListOf()
        select new InstantMessage(
            sender, id, type, body, language, subject, reply, (ReceiptWishes)wants, automatic, sent, expires)
        {
            Place = place,
            Class = @class,
            IsForBest = best,
            Via = [.. via],
            Hops = hops,
            TakesRedirect = best,
        };

    public static readonly Gen<Invitation> Invitations =
        from caller in Address from id in Text from session in Text from type in Text from offer in Octets
        from life in Gen.Choose(1, 600) from expires in Time from via in Address.ListOf()
        from hops in Gen.Choose(0, 8) from redirect in Gen.Elements(true, false)
        select new Invitation(caller, id, session, type, offer, TimeSpan.FromSeconds(life), expires)
        {
            Via = [.. via],
            Hops = hops,
            TakesRedirect = redirect,
        };

    public static readonly Gen<Receipt> Receipt =
        from sender in Address from id in Text from disposition in Gen.Elements(Enum.GetValues<Disposition>())
        from at in Time from code in Gen.Elements(0, 408, 480)
        select new Receipt(sender, id, disposition, at, code);

    public static readonly Gen<Refusal> Refusal =
        from code in Gen.Choose(300, 599) from reason in Text from parameter in MaybeText from version in Number
        select new Refusal(code, reason, parameter, version);

    public static readonly Gen<ScramVerifier> Verifier =
        from salt in Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(16)
        from iterations in Gen.Choose(ScramVerifier.MinIterations, ScramVerifier.MaxIterations)
        from stored in Key from server in Key
        select new ScramVerifier(salt, iterations, stored, server);

    public static readonly Gen<Subscription> Subscriptions =
        from watcher in Address from id in Text from path in Paths
        from state in Gen.Elements(Enum.GetValues<SubscriptionState>())
        from since in Time from expires in Time from bound in Gen.Elements(true, false)
        from seen in Gen.Elements(Enum.GetValues<SubscriptionState>())
        from passphrase in MaybeText
        select new Subscription(watcher, id, path, state, since, expires, bound, seen, passphrase);

    private static Gen<byte[]> Key => Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(ScramKeys.KeyLength);

    public static Gen<ImmutableArray<T>> Several<T>(Gen<T> one) =>
        Gen.Choose(0, 3).SelectMany(count => one.ArrayOf(count)).Select(items => items.ToImmutableArray());

    public static Gen<T?> Maybe<T>(Gen<T> some)
        where T : class => Gen.OneOf(some.Select(value => (T?)value), Gen.Constant((T?)null));

    public static Gen<T?> MaybeValue<T>(Gen<T> some)
        where T : struct => Gen.OneOf(some.Select(value => (T?)value), Gen.Constant((T?)null));
}
