using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Replies;

namespace Presence.Contracts.Groups;

/// <summary>
/// What one user belongs to, so that there is a bound to it and that it ends with the account. Key: <see cref="NodeKey"/>
/// of the user. It calls no other grain, so that every grain may call it.
/// </summary>
[Alias("presence.membership")]
public interface IMembershipGrain : IGrainWithStringKey
{
    /// <summary>Notes a node that the user made; 431 when there are too many.</summary>
    [Alias("note-own")]
    Task<Refusal?> NoteOwn(Address node);

    /// <summary>Notes a group that the user is a member of; 431 when there are too many.</summary>
    [Alias("note-group")]
    Task<Refusal?> NoteGroup(Address group);

    [Alias("forget")]
    Task Forget(Address node);

    /// <summary>Notes an interest; 431 when there are too many.</summary>
    [Alias("note-interest")]
    Task<Refusal?> NoteInterest(ClassPattern pattern);

    [Alias("forget-interest")]
    Task ForgetInterest(ClassPattern pattern);

    [Alias("list")]
    Task<Memberships> List();

    [Alias("clear")]
    Task Clear();
}
