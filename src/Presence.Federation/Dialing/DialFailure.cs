using Presence.Model.Replies;

namespace Presence.Federation.Dialing;

/// <summary>Why a domain could not be reached.</summary>
/// <param name="Refusal">What those are told who wanted something there.</param>
/// <param name="IsTemporary">True if it may be otherwise soon, so that what waits should go on waiting.</param>
/// <param name="Why">For the log and the operator; names hosts and addresses, so it is not for users.</param>
public sealed record DialFailure(Refusal Refusal, bool IsTemporary, string Why)
{
    /// <summary>True if a server was there and was not believed.</summary>
    public bool IsUnverified => Refusal.Reason == "peer-unverified";

    /// <summary>The domain says by its SRV record that it offers no service, or is not to be spoken with.</summary>
    public static DialFailure NoService(string why) => new(new Refusal(502, "no-service"), IsTemporary: false, why);

    /// <summary>Servers answered, but none has proven to speak for the domain.</summary>
    public static DialFailure Unverified(string why) => new(new Refusal(502, "peer-unverified"), IsTemporary: false, why);

    /// <summary>No server could be found or reached in time.</summary>
    public static DialFailure Timeout(string why) => new(new Refusal(504, "peer-timeout"), IsTemporary: true, why);
}
