using System.Buffers;
using Presence.Protocol.Bodies;

namespace Presence.Client;

/// <summary>
/// Groups (docs/protocol/messages.md, "Groups"). Messages to a group go by <see cref="SendAsync(string, string, SendOptions?, CancellationToken)"/> to its address;
/// changes of members come as <see cref="MembershipChange"/> in <see cref="EventsAsync"/>.
/// </summary>
public sealed partial class PresenceClient
{
    /// <summary>Makes a group, whose owner this account is.</summary>
    /// <param name="group">Its address.</param>
    /// <param name="join"><c>open</c>, <c>ask</c> (default), <c>invite</c> or <c>closed</c>.</param>
    /// <param name="send"><c>all</c>, <c>members</c> (default) or <c>moderators</c>.</param>
    /// <param name="topic">What it is about; null for none.</param>
    /// <exception cref="PipRefusedException">Such as <c>409 conflict</c>: the address is taken.</exception>
    /// <exception cref="PresenceUnansweredException">The session was lost meanwhile: it may be there.</exception>
    public async Task CreateGroupAsync(string group, string? join = null, string? send = null, string? topic = null,
        CancellationToken cancellation = default)
    {
        var answer = await RequestAsync("CREATE", Parse(group).ToString(),
            [("kind", "group"), ("join", join), ("send", send), ("type", topic is null ? null : "text/pip-props")],
            topic is null ? default(ReadOnlyMemory<byte>?) : Topic(topic), isRepeatable: false, cancellation);
        answer.Require();
    }

    /// <summary>Ends a group of one's own for everybody.</summary>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    /// <exception cref="PresenceUnansweredException">The session was lost meanwhile: it may be gone.</exception>
    public async Task DestroyGroupAsync(string group, CancellationToken cancellation = default) =>
        (await RequestAsync("DESTROY", Parse(group).ToString(), cancellation: cancellation)).Require();

    /// <summary>Becomes a member, or asks to.</summary>
    /// <returns>True for a member; false while a moderator has to decide, told by a <see cref="MembershipChange"/>.</returns>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<bool> JoinGroupAsync(string group, CancellationToken cancellation = default) =>
        (await Do("JOIN", Parse(group).ToString(), cancellation)).Code == 200;

    /// <summary>Invites somebody, or gives a member another role.</summary>
    /// <param name="role"><c>owner</c>, <c>moderator</c>, <c>member</c> or <c>muted</c>; null leaves it.</param>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public Task AddToGroupAsync(
        string group, string who, string? role = null, CancellationToken cancellation = default) =>
        Do("JOIN", Parse(group).ToString(), cancellation, ("who", who), ("role", role));

    /// <summary>Is a member no more, declines an invitation, or, with <paramref name="who"/>, puts a member out.</summary>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public Task LeaveGroupAsync(string group, string? who = null, CancellationToken cancellation = default) =>
        Do("LEAVE", Parse(group).ToString(), cancellation, ("who", who));

    /// <summary>The members, as this account may see them.</summary>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<IReadOnlyList<GroupMember>> MembersAsync(string group, CancellationToken cancellation = default) =>
        await Pages("MEMBERS", Parse(group).ToString(),
            item => new GroupMember(item.First, item.Parameters["role"], item.Parameters["state"]), cancellation);

    private static ReadOnlyMemory<byte> Topic(string topic)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        writer.Item("topic");
        writer.Param("val", topic);
        writer.End();
        return octets.WrittenMemory;
    }
}
