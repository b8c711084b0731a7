using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Hosting;

/// <summary>An address and what its holder does, with the defaults that a test does not care about.</summary>
internal sealed class Person(PresenceSilo silo, Address address)
{
    private static int _sessions;

    public Address Address { get; } = address;

    public IUserGrain Node { get; } = silo.Client.GetUser(address);

    public ISubscriptionGrain Watchers { get; } = silo.Client.GetSubscriptions(address);

    public static string FreshSession() => $"session{Interlocked.Increment(ref _sessions)}";

    /// <summary>A session that shows itself.</summary>
    public async Task<string> Bind(
        Gateway gateway, string endpoint = "desk", string? show = "online", int priority = 0,
        bool copies = false)
    {
        var session = FreshSession();
        var answer = await Node.Bind(new EndpointBinding(
            endpoint, session, priority, show, false, gateway.Inbox, CopiesSent: copies));
        Assert.Null(answer.Refusal);
        return session;
    }

    /// <summary>A session whose gateway holds a lease: the user is told when it is lost.</summary>
    public async Task<string> BindLeased(Gateway gateway, string endpoint = "desk", string show = "online")
    {
        var session = FreshSession();
        var answer = await Node.Bind(
            new EndpointBinding(endpoint, session, 0, show, false, gateway.Inbox, Route: gateway.Route));
        Assert.Null(answer.Refusal);
        return session;
    }

    /// <summary>What the gateway says of such a session at the endpoint "desk".</summary>
    public static SessionAssertion Assertion(Gateway gateway, string session, string status) => new(
        new EndpointBinding("desk", session, 0, null, false, gateway.Inbox, Route: gateway.Route),
        [new PropertyChange(PropertyPath.Parse("ep/desk/status"), PropertyValue.OfText(status))], [], null);

    public Task Lose(Gateway gateway) =>
        silo.Client.GetGrain<IGatewayBound>(Node.GetGrainId()).GatewayLost(gateway.Route);

    public Task<SubscribeAnswer> Watch(
        Person whom, Gateway gateway, string id = "w1", string path = "", TimeSpan? life = null, bool bound = false) =>
        whom.Node.Subscribe(new SubscribeRequest(
            Address, id, PropertyPath.Parse(path), life, bound, gateway.Route));

    public Task<WriteAnswer> Set(string path, string? value, TimeSpan? lease = null, string? fallback = null) =>
        Node.Write(new WriteRequest(
            Address,
            [new PropertyChange(PropertyPath.Parse(path), Text(value), lease, Text(fallback))],
            null));

    public async Task<string?> Get(string path, Person? asker = null)
    {
        var answer = await Read(path, asker);
        return answer.Refusal is null ? answer.Properties.Single().Value.Text : null;
    }

    public Task<ReadAnswer> Read(string path, Person? asker = null) =>
        Node.Read(new ReadRequest((asker ?? this).Address, PropertyPath.Parse(path)));

    public async Task Approve(Person who) =>
        Assert.Null((await Node.Approve(new ApprovalRequest(Address, default, who.Address, null))).Refusal);

    public async Task Deny(Person who, bool isExplicit) =>
        Assert.Null((await Node.Deny(new DenialRequest(Address, who.Address, isExplicit))).Refusal);

    public InstantMessage Message(
        string mid = "m1", ReceiptWishes wants = ReceiptWishes.None, TimeSpan? life = null) =>
        new(Address, mid, "text/plain", "hello"u8.ToArray(), null, null, null, wants, false, silo.Now,
            silo.Now + (life ?? TimeSpan.FromMinutes(1)));

    public async Task<Refusal?> Send(
        Person whom, string mid = "m1", ReceiptWishes wants = ReceiptWishes.None, TimeSpan? life = null) =>
        (await whom.Node.Receive(Message(mid, wants, life))).Refusal;

    public Task Acknowledge(string session, Person from, string mid = "m1") =>
        Node.Acknowledge(session, [new MessageKey(from.Address, mid)]);

    private static PropertyValue? Text(string? value) => value is null ? null : PropertyValue.OfText(value);
}
