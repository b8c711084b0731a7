using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Protocol.Bodies;

namespace Presence.Client.Peers;

/// <summary>Asks the home server for the owner's rules, and again when they are too old to decide by.</summary>
internal sealed class OwnerRulesSource(PresenceSession home, Address partner, PeerOptions options) : IDisposable
{
    /// <summary>Places that a partner can make us keep lists for.</summary>
    private const int MaxPlaces = 64;

    private readonly SemaphoreSlim _asking = new(1, 1);
    private ImmutableHashSet<PropertyPath> _places = [PropertyPath.Root, StandardPaths.Status, StandardPaths.Inbox];
    private OwnerRules? _rules;
    private long _askedAt;

    /// <summary>Rules that are young enough and know the list of this place; null if there are too many places.</summary>
    /// <exception cref="PipRefusedException">The home server does not tell.</exception>
    public async Task<OwnerRules?> For(PropertyPath place, CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation);
        try
        {
            if (!_places.Contains(place) && _places.Count >= MaxPlaces)
                return null;

            _places = _places.Add(place);
            if (_rules is { } rules && rules.Known.Contains(place)
                && options.Time.GetElapsedTime(_askedAt) < options.RulesLife)
                return rules;

            _askedAt = options.Time.GetTimestamp();
            return _rules = await Read(_places, cancellation);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<OwnerRules> Read(ImmutableHashSet<PropertyPath> places, CancellationToken cancellation)
    {
        var lists = places.Select(place => ReadList(place, cancellation)).ToArray();
        var persons = Ask("LISTS", Place.Own(PropertyPath.Root).ToString(), cancellation);
        var receipts = home.Get(Place.Own(StandardPaths.ReceiptPolicy), cancellation);
        var direct = home.Get(Place.Own(StandardPaths.PeerPolicy), cancellation);
        var policy = ReadPolicy(cancellation);
        var access = new NodeAccess
        {
            Owner = home.Account,
            Node = home.Account,
            Defaults = AccessList.Empty,
            Lists = ImmutableSortedDictionary.CreateRange(
                (await Task.WhenAll(lists)).DistinctBy(list => list.Key)),
            Persons = new PersonList([.. (await persons).Items().Select(Person)]),
            Mode = new PrivacyMode((await persons).Parameters["mode"] == "only", IsExplicit: false, Since: 0),
            Policy = await policy,
        };
        return new OwnerRules(access, places, partner,
            await GivesReceipts((await receipts)?.Value, cancellation), (await direct)?.Value != "deny");
    }

    private async Task<KeyValuePair<PropertyPath, AccessList>> ReadList(
        PropertyPath place, CancellationToken cancellation)
    {
        var answer = await Ask("GETACL", Place.Own(place).ToString(), cancellation);
        var at = Place.TryParse(answer.Parameters["at"], out var stands, out _) ? stands.Path : place;
        return KeyValuePair.Create(at, new AccessList([.. answer.Items().Select(Entry)]));
    }

    private async Task<AccessPolicy> ReadPolicy(CancellationToken cancellation)
    {
        var answer = await home.Ask(
            "GET", $"{home.Account.Domain.Value}/policy", parameters: null, body: null, cancellation);
        var items = answer.IsDone ? answer.Items() : [];
        return new AccessPolicy(AccessProfile.Standard, Bounds(items, "ceiling/"), Bounds(items, "floor/"));
    }

    private async Task<bool> GivesReceipts(string? word, CancellationToken cancellation) => word switch
    {
        null or "" or "allow" => true,
        "known" => StandardPaths.Contacts.TryAppend(partner.ToString(), out var contact, out _)
            && (await home.Ask("GET", Place.Own(contact).ToString(), parameters: null, body: null, cancellation)).IsDone,
        _ => false,
    };

    private async Task<ServerAnswer> Ask(string verb, string target, CancellationToken cancellation) =>
        (await home.Ask(verb, target, parameters: null, body: null, cancellation)).Require();

    private static AccessList Bounds(IReadOnlyList<LineItem> items, string prefix)
    {
        var lines = items.Where(item => item.First.StartsWith(prefix, StringComparison.Ordinal))
            .Select(item => item.Parameters["val"] ?? "");
        var (list, badLine) = AccessPolicy.ReadLines(lines);
        return badLine is null ? list : throw Unreadable(badLine);
    }

    private static AccessEntry Entry(LineItem item) =>
        AccessEntry.Parse(item.First, item.Second, item.Third, item.Parameters["path"]) ?? throw Unreadable(item.First);

    private static PersonEntry Person(LineItem item)
    {
        var scope = Rights.All;
        if (!Principal.TryParse(item.First, out var who)
            || (item.Parameters["scope"] is { } words && !RightsWords.TryParse(words, out scope)))
            throw Unreadable(item.First);

        var effect = item.Parameters["list"] == "allow" ? PersonEffect.Allow : PersonEffect.Block;
        return new PersonEntry(effect, who, item.Parameters["mode"] == "explicit", scope, Since: 0);
    }

    // What is not understood may be a refusal: then nothing is decided here.
    private static Connections.PipConnectionException Unreadable(string what) =>
        Connections.PipConnectionException.Protocol($"'{what}' in the owner's rules is not understood");
}
