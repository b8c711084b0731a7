using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>One recipient of one SEND, and what the sender was told about him.</summary>
/// <param name="To">Address of a user or a group.</param>
/// <param name="Code">Null while it is unknown.</param>
/// <param name="IsListed">One of several in <c>to=</c>.</param>
internal sealed record Sent(string From, Call Call, string To, int? Code, bool IsListed)
{
    public string Mid => Call["mid"]!;

    public bool IsAccepted => Code == 202;

    /// <summary>Certainly not taken over; what a server says when it is in trouble proves nothing.</summary>
    public bool IsRefused => Code is >= 300 and < 500;

    public bool WantsReceipt => Call["want"] is not null;

    public static IEnumerable<Sent> Of(string from, Call call)
    {
        if (call.Verb != "SEND")
            return [];
        if (call["to"] is not { } list)
            return [new Sent(from, call, call.Target, call.Reply?.Code, IsListed: false)];
        return list.Split(',').Select(to => new Sent(from, call, to, CodeOf(to, call.Reply), IsListed: true));
    }

    private static int? CodeOf(string to, Reply? reply)
    {
        if (reply is null || reply.Code != 207)
            return reply?.Code;
        var line = reply.Body.Split('\n').FirstOrDefault(line => line.StartsWith(to + ' ', StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split(' ')[1]);
    }
}
