using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Forwarding;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>
/// What a user's forward rule makes of a message or invitation. The grain only says where to go on; whoever asked goes
/// there, so that no user grain ever waits for another.
/// </summary>
internal static class Forwarding
{
    /// <summary>
    /// Null if it is dealt with here. Somebody who must ask asks here, and learns nothing of where the user is; a mere
    /// alias has no say of its own.
    /// </summary>
    public static SendAnswer? Decide(
        ForwardRule rule, Admission admission, bool takesRedirect, int hops, bool proxyReferred, DateTimeOffset now)
    {
        var life = rule.Ends - now;
        if (admission.Verdict is Verdict.Fake or Verdict.Mute
            || (rule.Mode != ForwardMode.Alias && admission.Verdict != Verdict.Allow))
            return null;
        if (takesRedirect && rule.Mode == ForwardMode.Refer)
            return SendAnswer.Refer(new Referral(rule.To, ReferralKind.Tell, life));
        if (rule.Mode == ForwardMode.Refer && !proxyReferred)
            return SendAnswer.Of(admission.KnowsPresence ? Refusal.Unavailable : null);
        if (hops <= 0)
            return SendAnswer.Of(Refusal.TooManyHops);
        var kind = rule.Mode == ForwardMode.Alias ? ReferralKind.Alias
            : admission.KnowsPresence ? ReferralKind.GoOn
            : ReferralKind.GoOnInSilence;
        return SendAnswer.Refer(new Referral(rule.To, kind, life));
    }
}
