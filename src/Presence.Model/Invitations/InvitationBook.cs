using Presence.Model.Addresses;

namespace Presence.Model.Invitations;

/// <summary>
/// The invitations that ring at one callee, and those that were finished lately: who may still answer, and which answer
/// counts. Time is passed in; nothing here waits or sends. Owned by one grain, so it needs no lock.
/// </summary>
public sealed class InvitationBook(InvitationLimits limits)
{
    private readonly Dictionary<(Address From, string Id), Ringing> _ringing = [];
    private readonly Queue<((Address From, string Id) Key, DateTimeOffset Until)> _finished = new();
    private readonly HashSet<(Address From, string Id)> _known = [];

    /// <summary>When the next one has rung for too long, or null.</summary>
    public DateTimeOffset? NextExpiry => _ringing.Count == 0 ? null : _ringing.Values.Min(r => r.Invitation.Expires);

    /// <summary>True if no more can ring: answer 503.</summary>
    public bool IsFull => _ringing.Count >= limits.MaxRinging;

    /// <summary>True for a repeat: it is answered as the first time and does not ring again.</summary>
    public bool IsKnown(Address from, string id) => _known.Contains((from, id));

    /// <summary>It rings at these sessions; none of them for a callee who is not there, which the caller may not know.</summary>
    /// <param name="invitation">The invitation.</param>
    /// <param name="sessions">Where it rings.</param>
    /// <param name="knowsPresence">True if the caller may be told that it rings.</param>
    /// <param name="now">The time.</param>
    public void Ring(
        Invitation invitation, IEnumerable<string> sessions, bool knowsPresence, DateTimeOffset now)
    {
        while (_finished.TryPeek(out var oldest) && (oldest.Until <= now || _finished.Count > limits.MaxRemembered))
            _known.Remove(_finished.Dequeue().Key);
        var key = (invitation.From, invitation.Id);
        if (_known.Add(key))
            _ringing[key] = new Ringing(invitation, [.. sessions], knowsPresence);
    }

    /// <summary>
    /// A session answers. The first acceptance wins; a decline is the person's word and counts for all; any other refusal
    /// speaks for one endpoint, and for the user when it is the last. Null if the session has nothing to answer.
    /// </summary>
    /// <param name="from">The caller.</param>
    /// <param name="id">The caller's <c>inv</c>.</param>
    /// <param name="session">The session that answers.</param>
    /// <param name="code">100–699.</param>
    /// <param name="now">The time.</param>
    public AnswerOutcome? Answer(Address from, string id, string session, int code, DateTimeOffset now)
    {
        if (!_ringing.TryGetValue((from, id), out var ringing) || !ringing.Sessions.Contains(session))
            return null;
        if (code < 200)
            return new AnswerOutcome(ringing.Invitation, ringing.KnowsPresence, []);
        ringing.Sessions.Remove(session);
        if (code >= 300 && code != Declined && ringing.Sessions.Count > 0)
            return new AnswerOutcome(ringing.Invitation, false, []);
        Finish((from, id), now);
        return new AnswerOutcome(ringing.Invitation, true, [.. ringing.Sessions]);
    }

    /// <summary>The caller takes it back: gives the sessions that must stop ringing; null if nothing rings.</summary>
    public IReadOnlyList<string>? Cancel(Address from, string id, DateTimeOffset now)
    {
        if (!_ringing.TryGetValue((from, id), out var ringing))
            return null;
        Finish((from, id), now);
        return [.. ringing.Sessions];
    }

    /// <summary>
    /// A session is gone: gives those that ring nowhere any more. A caller who may not know that goes on waiting until the
    /// time is over.
    /// </summary>
    public IReadOnlyList<AnswerOutcome> Abandon(string session, DateTimeOffset now)
    {
        var lost = _ringing.Values
            .Where(r => r.Sessions.Remove(session) && r.Sessions.Count == 0 && r.KnowsPresence).ToList();
        lost.ForEach(r => Finish((r.Invitation.From, r.Invitation.Id), now));
        return [.. lost.Select(r => new AnswerOutcome(r.Invitation, true, []))];
    }

    /// <summary>Gives those that nobody has answered in time.</summary>
    public IReadOnlyList<AnswerOutcome> EndExpired(DateTimeOffset now)
    {
        var over = _ringing.Values.Where(r => r.Invitation.Expires <= now).ToList();
        over.ForEach(r => Finish((r.Invitation.From, r.Invitation.Id), now));
        return [.. over.Select(r => new AnswerOutcome(r.Invitation, true, [.. r.Sessions]))];
    }

    private void Finish((Address From, string Id) key, DateTimeOffset now)
    {
        _ringing.Remove(key);
        _finished.Enqueue((key, now + limits.Remember));
    }

    /// <summary>ANSWER code of a person who does not want to.</summary>
    private const int Declined = 603;

    private sealed record Ringing(Invitation Invitation, HashSet<string> Sessions, bool KnowsPresence);
}

/// <summary>What follows from an answer.</summary>
/// <param name="Invitation">What was answered.</param>
/// <param name="MustTell">True if the caller is told.</param>
/// <param name="MustStop">Sessions that ring in vain from here on.</param>
public sealed record AnswerOutcome(Invitation Invitation, bool MustTell, IReadOnlyList<string> MustStop);

/// <summary>Bounds of an <see cref="InvitationBook"/>.</summary>
/// <param name="MaxRinging">Invitations that ring at once, default 64; beyond it new ones are refused with 503.</param>
/// <param name="MaxRemembered">Finished ones remembered against repeats, default 256.</param>
/// <param name="Remember">For how long they are remembered, default 10 min.</param>
public sealed record InvitationLimits(int MaxRinging, int MaxRemembered, TimeSpan Remember)
{
    public static readonly InvitationLimits Default = new(64, 256, TimeSpan.FromMinutes(10));
}
