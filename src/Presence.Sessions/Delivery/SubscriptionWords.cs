using Presence.Model.Subscriptions;

namespace Presence.Sessions.Delivery;

/// <summary>Wire words for the state of a subscription.</summary>
internal static class SubscriptionWords
{
    public const string Terminated = "terminated";

    public static string Word(SubscriptionState state) => state switch
    {
        SubscriptionState.Active => "active",
        SubscriptionState.Pending => "pending",
        SubscriptionState.Waiting => "waiting",
        _ => "blocked",
    };
}
