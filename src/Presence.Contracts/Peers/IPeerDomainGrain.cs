using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Contracts.Peers;

/// <summary>
/// The way to one remote domain from one of ours. Key: <see cref="DomainPair"/>. It leases the link to one gateway, keeps
/// what is under way until it is answered or its time is over, and hands all of it to the next gateway if that one goes. Its
/// methods interleave: they wait for other domains.
/// </summary>
[Alias("presence.peer-domain")]
public interface IPeerDomainGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks the remote domain. Null if it was taken over and no answer has come yet: what becomes of it is told as
    /// <see cref="PeerRequest.Owed"/> says. A request that owes nothing is answered 504 instead.
    /// </summary>
    [Alias("ask")]
    Task<SavedReply?> Ask(PeerRequest request);

    /// <summary>Sends what nobody waits for. False if too much is under way.</summary>
    [Alias("post")]
    Task<bool> Post(PeerRequest request);

    /// <summary>A change for watchers there. Dropped while there is no link: SYNC repairs it.</summary>
    [Alias("tell")]
    Task Tell(RouteBatch batch);

    /// <summary>News of a membership for a user there.</summary>
    [Alias("tell-member")]
    Task TellMember(MemberNotice notice, Address to);

    /// <summary>
    /// Said by the gateway that has the link, at once when its condition changes and else every few seconds. False if
    /// another one holds it.
    /// </summary>
    [Alias("report")]
    Task<bool> Report(string gateway, IPeerGateway reference, LinkReport report);

    /// <summary>The final response to a request.</summary>
    [Alias("answer")]
    Task Answer(long number, SavedReply reply);

    /// <summary>
    /// A receipt for a message of one of ours has come from there: it need not be sent again. False if its sender was told
    /// already that it has failed: a message has one fate.
    /// </summary>
    [Alias("confirm")]
    Task<bool> Confirm(Address sender, Address recipient, string messageId);

    /// <summary>Something is watched there, so the link is wanted and is to be synchronised.</summary>
    [Alias("note-mirror")]
    Task NoteMirror(Address node);

    /// <summary>Nothing is watched there any more.</summary>
    [Alias("forget-mirror")]
    Task ForgetMirror(Address node);

    /// <summary>The session of ours that has invited somebody there; null if it is not known any more.</summary>
    [Alias("caller")]
    Task<string?> FindCaller(Address caller, string invitation);

    /// <summary>Remembers which session invites, until it must have been answered.</summary>
    [Alias("note-caller")]
    Task NoteCaller(Address caller, string invitation, string session, DateTimeOffset until);
}
