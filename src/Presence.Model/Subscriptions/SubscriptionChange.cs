using Presence.Model.Access;

namespace Presence.Model.Subscriptions;

/// <summary>What a new decision of the owner does to one subscription. Values cross processes: append only.</summary>
public enum SubscriptionChange
{
    None = 0,

    /// <summary>What waited is served; the watcher is told the state and the values.</summary>
    Activate = 1,

    /// <summary>Who was shut out politely is served again from the next change on; nothing is told now.</summary>
    Resume = 2,

    /// <summary>Shut out politely: the watcher sees the owner log out, and then nothing more.</summary>
    Silence = 3,

    /// <summary>What waits goes on waiting for its watcher, and is no longer shown to the owner as undecided.</summary>
    Hide = 4,

    /// <summary>What was hidden waits for the owner again.</summary>
    Unhide = 5,

    /// <summary>Ends; the watcher is told <c>rejected</c>.</summary>
    Reject = 6,

    /// <summary>Ends because it would have to be asked for again; the watcher is told <c>deactivated</c>.</summary>
    Deactivate = 7,
}

/// <summary>The rule that turns verdicts into states of subscriptions.</summary>
public static class SubscriptionReview
{
    /// <summary>The state of a subscription that is asked for now, as it is and as its watcher sees it.</summary>
    public static (SubscriptionState State, SubscriptionState SeenAs) StateFor(Verdict verdict) => verdict switch
    {
        Verdict.Allow => (SubscriptionState.Active, SubscriptionState.Active),
        Verdict.Fake => (SubscriptionState.Blocked, SubscriptionState.Active),
        Verdict.Mute => (SubscriptionState.Blocked, SubscriptionState.Pending),
        _ => (SubscriptionState.Pending, SubscriptionState.Pending),
    };

    /// <summary>What the verdict of today does to a subscription that stands.</summary>
    public static SubscriptionChange ChangeFor(Subscription entry, Verdict verdict) =>
        (verdict, entry.State, entry.SeenAs) switch
        {
            (Verdict.Deny, _, _) => SubscriptionChange.Reject,
            (Verdict.Allow, SubscriptionState.Active, _) => SubscriptionChange.None,
            (Verdict.Allow, _, SubscriptionState.Active) => SubscriptionChange.Resume,
            (Verdict.Allow, _, _) => SubscriptionChange.Activate,
            (Verdict.Ask, SubscriptionState.Pending, _) => SubscriptionChange.None,
            (Verdict.Ask, _, SubscriptionState.Active) => SubscriptionChange.Deactivate,
            (Verdict.Ask, _, _) => SubscriptionChange.Unhide,
            (_, SubscriptionState.Active, _) => SubscriptionChange.Silence,
            (_, SubscriptionState.Pending, _) => SubscriptionChange.Hide,
            _ => SubscriptionChange.None,
        };

    /// <summary>The subscription after the change; null if it ends.</summary>
    public static Subscription? Apply(Subscription entry, SubscriptionChange change) => change switch
    {
        SubscriptionChange.Activate => entry with { State = SubscriptionState.Active, SeenAs = SubscriptionState.Active },
        SubscriptionChange.Resume => entry with { State = SubscriptionState.Active },
        SubscriptionChange.Silence or SubscriptionChange.Hide => entry with { State = SubscriptionState.Blocked },
        SubscriptionChange.Unhide => entry with { State = SubscriptionState.Pending },
        SubscriptionChange.Reject or SubscriptionChange.Deactivate => null,
        _ => entry,
    };
}
