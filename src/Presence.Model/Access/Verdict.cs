namespace Presence.Model.Access;

/// <summary>What one asker may do, all lists considered (docs/protocol/access.md, "Evaluation").</summary>
public enum Verdict
{
    Allow = 0,

    /// <summary>The owner decides: subscriptions wait, a first message is a request, reading is refused.</summary>
    Ask = 1,

    Deny = 2,

    /// <summary>Allowed, but the asker meets the node as it was when its owner shut him out.</summary>
    Fake = 3,

    /// <summary>Asked, but the owner never hears of it and it is never resolved.</summary>
    Mute = 4,
}

/// <summary>A verdict, and for <see cref="Verdict.Fake"/> the moment whose view is shown instead.</summary>
/// <param name="Verdict">What the asker may do.</param>
/// <param name="Since">Version of the node at the moment at which the asker was shut out; 0 for other verdicts.</param>
public readonly record struct Judgement(Verdict Verdict, long Since = 0)
{
    public bool IsAllowed => Verdict == Verdict.Allow;

    public bool IsFake => Verdict == Verdict.Fake;
}
