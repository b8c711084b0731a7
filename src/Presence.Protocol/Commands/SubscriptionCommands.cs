using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary>
/// <c>SUB tag place[/path] id= [expires= scope=user|session min= pass=yes | nonce= proof=]</c>; <c>MinSeconds</c> is the least
/// time between two values, 0–86 400 s, default 0.
/// </summary>
public sealed record SubscribeCommand(
    Place Place, string Id, TimeSpan? Expires, bool IsSessionBound, int MinSeconds, bool WantsChallenge,
    (string Nonce, byte[] Octets)? Proof)
{
    public static readonly string[] Fields = ["id", "expires", "scope", "min", "pass", "nonce", "proof"];

    /// <summary>True if the asker has a passphrase, or proves one.</summary>
    public bool SpeaksOfPassphrase => WantsChallenge || Proof is not null;

    /// <summary>The same of a request that is not read yet; true also if what it says of it is wrong.</summary>
    public static bool IsAboutPassphrase(Frame frame) =>
        frame.Parameters["pass"] is not null || frame.Parameters["nonce"] is not null || frame.Parameters["proof"] is not null;

    public static (SubscribeCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new SubscribeCommand(
            fields.Target(self),
            fields.RequiredToken("id"),
            fields.Seconds("expires"),
            fields.Choice("scope", "user", "session") == "session",
            (int)(fields.Number("min", 0, 86_400) ?? 0),
            fields.Flag("pass"),
            fields.Proof());
        return (command, fields.Refusal);
    }
}

/// <summary><c>UNSUB tag id</c></summary>
public sealed record UnsubscribeCommand(string Id)
{
    public static (UnsubscribeCommand Command, Refusal? Refusal) Read(Frame frame) =>
        (new UnsubscribeCommand(frame.Target ?? ""), frame.Target is null ? Refusal.BadRequest : null);
}

/// <summary><c>APPROVE tag place who= [rights=]</c></summary>
public sealed record ApproveCommand(Place Place, Address Who, Rights? Rights)
{
    public static readonly string[] Fields = ["who", "rights"];

    public static (ApproveCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new ApproveCommand(fields.Target(self), fields.Address("who"), fields.Rights("rights"));
        return (command, fields.Refusal);
    }
}

/// <summary><c>DENY tag place who= [mode=polite|explicit]</c></summary>
public sealed record DenyCommand(Place Place, Address Who, bool IsExplicit)
{
    public static readonly string[] Fields = ["who", "mode"];

    public static (DenyCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new DenyCommand(
            fields.Target(self), fields.Address("who"), fields.Choice("mode", "polite", "explicit") == "explicit");
        return (command, fields.Refusal);
    }
}

/// <summary><c>WATCHERS tag place [what=sub,query since= max= after=]</c></summary>
/// <param name="Place">About what.</param>
/// <param name="WantsSubscriptions">True for who watches.</param>
/// <param name="WantsQueries">True for who has asked.</param>
/// <param name="Since">Nothing older, or null.</param>
/// <param name="Max">Items of a page, 1–1 000, default 1 000.</param>
/// <param name="After">Items to pass over, as <c>next=</c> of the page before told.</param>
public sealed record WatchersCommand(
    Place Place, bool WantsSubscriptions, bool WantsQueries, DateTimeOffset? Since, int Max, int After)
{
    private const int MaxPage = 1000;

    public static readonly string[] Fields = ["what", "since", "max", "after"];

    public static (WatchersCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var what = (fields.Text("what") ?? "sub").Split(',');
        if (what.Any(word => word is not ("sub" or "query")))
            fields.Refuse(Refusal.BadParameter("what"));
        DateTimeOffset since = default;
        if (fields.Text("since") is { } text && !WireTime.TryParse(text, out since))
            fields.Refuse(Refusal.BadParameter("since"));
        var command = new WatchersCommand(
            fields.Target(self), what.Contains("sub"), what.Contains("query"), since == default ? null : since,
            (int)(fields.Number("max", 1, MaxPage) ?? MaxPage), (int)(fields.Number("after", 0, int.MaxValue) ?? 0));
        return (command, fields.Refusal);
    }
}
