using Presence.Soak.Checking;
using Presence.Soak.Histories;

namespace Presence.Soak.Clients;

/// <summary>What a client does next: chosen by its own seeded dice, so that a seed names a plan.</summary>
internal sealed class Plan(SoakClient client)
{
    private readonly IReadOnlyList<string> _others = client.Scene.Neighbours(client.Index);
    private int _names;

    /// <summary>The group this user makes, if any.</summary>
    public async Task Prepare(CancellationToken cancel)
    {
        await client.Settle(cancel);
        if (client.Index < client.Scene.Groups.Count)
            await client.Post("CREATE", client.Scene.Groups[client.Index], [("kind", "group"), ("join", "open"), ("send", "members")], cancel);
        foreach (var other in _others.Where(_ => client.Dice.Chance(60)))
            await client.Post("APPROVE", "~", [("who", other)], cancel);
        await client.Settle(cancel);
    }

    public async Task Run(CancellationToken stop, CancellationToken cancel)
    {
        while (!stop.IsCancellationRequested)
        {
            await Step(cancel);
            var pause = client.Scene.Pace * (client.Dice.Next(2000) / 1000.0);
            await Task.Delay(pause, TimeProvider.System, cancel);
            await client.Acknowledge(cancel);
        }
    }

    /// <summary>The last words: everything gets a last value, some get a last message.</summary>
    public async Task Close(CancellationToken cancel)
    {
        await client.Settle(cancel);
        foreach (var place in (string[])[Properties.EndpointStatus, Properties.Note, Properties.Color])
            await Set(place, cancel);
        foreach (var other in _others.Take(3))
            await Send(other, cancel);
        await Send(Group(), cancel);
        await client.Settle(cancel);
        foreach (var property in Properties.All)
            await client.Post("GET", $"~/{property}", [], cancel);
        await client.Settle(cancel);
        await client.Acknowledge(cancel);
    }

    private async Task Step(CancellationToken cancel)
    {
        var count = client.Dice.Chance(25) ? client.Dice.Between(2, 4) : 1;
        for (var i = 0; i < count; i++)
            await Act(cancel);
        var fate = client.Dice.Next(100);
        if (fate == 0)
        {
            await client.Quit(cancel);
        }
        else if (fate < 7)
        {
            await client.Cut(cancel);
            if (client.Dice.Chance(20))
                client.Forget();
            await Task.Delay(TimeSpan.FromMilliseconds(client.Dice.Next(1500)), TimeProvider.System, cancel);
        }

        await client.Settle(cancel);
    }

    private Task Act(CancellationToken cancel) => client.Dice.Next(100) switch
    {
        < 14 => Set(Properties.EndpointStatus, cancel),
        < 22 => Set(Properties.Note, cancel),
        < 28 => Set(Properties.Color, cancel),
        < 40 => Subscribe(cancel),
        < 43 => Unsubscribe(cancel),
        < 51 => Decide("APPROVE", explicitly: null, cancel),
        < 53 => Decide("DENY", client.Dice.Chance(50), cancel),
        < 57 => Decide("BLOCK", client.Dice.Chance(30), cancel),
        < 63 => Decide("UNBLOCK", explicitly: null, cancel),
        < 66 => SetAccess(cancel),
        < 84 => Send(Other(), cancel),
        < 88 => SendToSeveral(cancel),
        < 93 => Send(Group(), cancel),
        < 96 => client.Post("JOIN", Group(), [], cancel),
        < 97 => Leave(cancel),
        < 99 => client.Post("GET", $"{Other()}/{client.Dice.Choose(Properties.All)}", [], cancel),
        _ => client.Post("PING", "", [], cancel),
    };

    private Task<Call> Set(string place, CancellationToken cancel) =>
        client.Post("SET", $"~/{place}", [("val", client.NextValue())], cancel);

    private Task<Call> Subscribe(CancellationToken cancel)
    {
        var place = $"{Other()}/{client.Dice.Choose(Properties.All)}";
        return client.Held.Any(held => held.Place == place)
            ? client.Post("PING", "", [], cancel)
            : client.Post("SUB", place, [("id", $"w{client.Index}-{++_names}"), ("expires", "86400")], cancel);
    }

    private async Task Unsubscribe(CancellationToken cancel)
    {
        var held = client.Held.OrderBy(held => held.Id, StringComparer.Ordinal).ToList();
        if (held.Count > 0)
            await client.Post("UNSUB", client.Dice.Choose(held).Id, [], cancel);
    }

    private Task<Call> Decide(string verb, bool? explicitly, CancellationToken cancel) => client.Post(verb, "~",
        explicitly is { } isExplicit ? [("who", Other()), ("mode", isExplicit ? "explicit" : "polite")] : [("who", Other())], cancel);

    private Task<Call> SetAccess(CancellationToken cancel) => client.Post("SETACL", $"~/{Properties.Color}", [("type", "text/pip-acl")],
        cancel, client.Dice.Chance(65) ? "allow * read,sub\r\n" : "deny * read,sub\r\n");

    private Task<Call> Send(string to, CancellationToken cancel)
    {
        var mid = $"m{client.Index}-{++_names}";
        var isGroup = client.Scene.Groups.Contains(to);
        return client.Post("SEND", to, !isGroup && client.Dice.Chance(80)
            ? [("mid", mid), ("type", "text/plain"), ("want", "delivered")]
            : [("mid", mid), ("type", "text/plain")], cancel, $"{mid} says hello");
    }

    private Task<Call> SendToSeveral(CancellationToken cancel)
    {
        var mid = $"m{client.Index}-{++_names}";
        var to = string.Join(',', _others.Where(_ => client.Dice.Chance(50)).DefaultIfEmpty(_others[0]));
        return client.Post("SEND", "*", [("to", to), ("mid", mid), ("type", "text/plain"), ("want", "delivered")], cancel, $"{mid} to several");
    }

    /// <summary>Who made a group stays in it: its last owner may not leave.</summary>
    private async Task Leave(CancellationToken cancel)
    {
        var group = Group();
        if (client.Scene.Groups.ToList().IndexOf(group) != client.Index)
            await client.Post("LEAVE", group, [], cancel);
    }

    private string Other() => client.Dice.Choose(_others);

    private string Group() => client.Dice.Choose(client.Scene.Groups);
}
