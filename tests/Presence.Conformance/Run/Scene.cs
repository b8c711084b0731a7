using System.Text;
using Presence.Conformance.Users;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Run;

/// <summary>What a check plays with: people and connections of its own, all put away after it.</summary>
internal sealed class Scene(Target target, IPeople people, CancellationToken stop) : IAsyncDisposable
{
    private readonly List<Link> _links = [];
    private readonly List<Person> _cast = [];
    private readonly Transcript _transcript = new();
    private readonly string _salt = people.AreFresh ? "" : Fresh("-");

    public Target Target => target;

    public string Domain => target.Domain;

    public CancellationToken Stop => stop;

    /// <summary>There is time for minutes of waiting.</summary>
    public bool IsSlow { get; init; }

    /// <summary>There are as many users as one likes.</summary>
    public bool HasFreshUsers => people.AreFresh;

    /// <summary>What of the statement was not tried; empty for all of it.</summary>
    public string Untried { get; private set; } = "";

    /// <summary>Says with a pass that it proves a part only.</summary>
    public void Leave(string untried) => Untried = untried;

    public IReadOnlyList<string> Transcript => _transcript.Lines();

    /// <summary>A user of this check alone.</summary>
    public async Task<Person> User(string role)
    {
        var person = await people.Take(role, stop);
        _cast.Add(person);
        return person;
    }

    public Task Remove(Person person) => people.Remove(person, stop);

    /// <summary>A word that nobody has used.</summary>
    public static string Fresh(string prefix) => $"{prefix}{Guid.NewGuid().ToString("N")[..10]}";

    /// <summary>A connection of which nothing has been read.</summary>
    public async Task<Link> Raw(string label = "client")
    {
        Stream stream;
        try
        {
            stream = await target.Open(stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CheckFailedException($"no connection to {target.Host}:{target.Port}: {exception.GetBaseException().Message}");
        }

        return Adopt(stream, label);
    }

    /// <summary>A link over a stream that the check has opened itself.</summary>
    public Link Adopt(Stream stream, string label)
    {
        var link = new Link(stream, label, _transcript, target.Patience, stop) { Salt = _salt };
        _links.Add(link);
        return link;
    }

    /// <summary>The greeting has been read.</summary>
    public async Task<Link> Greeted(string label = "client") => await Greeted(await Raw(label));

    public static async Task<Link> Greeted(Link link)
    {
        link.Must("220 ready", await link.Await("the greeting", _ => true), "the connection");
        return link;
    }

    /// <summary>HELLO has been answered.</summary>
    public async Task<Link> Opened(string label = "client") => await Opened(await Greeted(label));

    public async Task<Link> Opened(Link link)
    {
        link.Hello = await link.Expect("200", $"HELLO {Domain} v=1.0 role=client");
        return link;
    }

    public async Task<Link> Authenticated(Person person, string? label = null)
    {
        var link = await Opened(label ?? Label(person.Role));
        await LogIn(link, person);
        return link;
    }

    public async Task LogIn(Link link, Person person)
    {
        var scram = new ScramExchange(person.Name, person.Password);
        var challenge = await link.Expect("310", $"AUTH SCRAM-SHA-256 data={Base64(scram.ClientFirst)}");
        var final = await link.Expect("200", $"AUTH * data={Base64(scram.ClientFinal(Plain(challenge["data"])))}");
        if (!scram.Proves(Plain(final["data"])))
            throw link.Failed("the server's SCRAM signature", $"{final}");
        link.User = person;
    }

    /// <summary>An invisible session of a new user.</summary>
    public async Task<Link> Connected(string role, string bind = "") => await Connected(await User(role), bind);

    /// <summary>One more invisible session of this user.</summary>
    public async Task<Link> Connected(Person person, string bind = "")
    {
        var link = await Authenticated(person);
        link.Bound = await link.Expect("200", bind.Contains("ep=", StringComparison.Ordinal)
            ? $"BIND {bind}"
            : $"BIND ep={link.Label.Replace('#', '-')} {bind}".TrimEnd());
        return link;
    }

    /// <summary>A session of a new user whose endpoint shows itself as online.</summary>
    public async Task<Link> Online(string role, string bind = "") => await Online(await User(role), bind);

    public async Task<Link> Online(Person person, string bind = "")
    {
        var link = await Connected(person, bind);
        await Show(link, "online");
        return link;
    }

    /// <summary>As in exchange E2.</summary>
    public static Task<Frame> Show(Link link, string status) =>
        link.Expect("200", $"SET ~/ep/{link.Bound?["ep"]}/status val={status}");

    /// <summary>The owner lets somebody see presence and write messages.</summary>
    public static Task<Frame> Approve(Link owner, object watcher) =>
        owner.Expect("200", $"APPROVE ~/status who={watcher}");

    /// <summary>The watcher subscribes with right, and has the first value.</summary>
    public static async Task<Frame> Watch(Link watcher, object whom, string id, string more = "")
    {
        await watcher.Expect("200", $"SUB {whom}/status id={id} expires=3600 {more}".TrimEnd());
        return await watcher.Notify(id);
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Text out of base64; what is none reads as empty.</summary>
    public static string Plain(string? data)
    {
        var octets = new byte[(data?.Length ?? 0) + 3];
        return Convert.TryFromBase64String(data ?? "", octets, out var count) ? Encoding.UTF8.GetString(octets, 0, count) : "";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
            await link.DisposeAsync();
        if (!people.AreFresh)
        {
            foreach (var person in _cast)
                await Tidying.Of(target, person, [.. _links.Where(link => link.User == person).SelectMany(link => link.Subscribed)]);
        }

        people.Return(_cast);
    }

    private string Label(string role)
    {
        var count = _links.Count(link => link.Label == role || link.Label.StartsWith($"{role}#", StringComparison.Ordinal));
        return count == 0 ? role : $"{role}#{count + 1}";
    }
}
