using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Groups;

/// <summary>
/// The ways to members who are users of this service. Each is an edge: one member whose grain fails, or one gateway, must not keep
/// the others from their copies.
/// </summary>
internal partial class MemberPost(
    string place, IGrainFactory grains, UserDesks desks, NearGateway near, ILogger logger) : IMemberPost
{
    private Asker _author = Asker.Anonymous;

    public virtual bool IsElsewhere(Address who) => false;

    /// <summary>Members whose grains are on this silo need no call (docs/decisions/0067).</summary>
    public ExpectedCopy? TryAnnounce(Lane to, InstantMessage message)
    {
        // Once for all members.
        if (_author.Person != message.From)
            _author = Asker.Of(message.From);
        var known = to.Window;
        if (known?.Expect(message, _author, desks.Now) is { } expected)
            return expected;

        // His grain may have another by now.
        var window = desks.Find(to.Recipient);
        if (window == known)
            return null;
        to.Window = window;
        return window?.Expect(message, _author, desks.Now);
    }

    public async Task<ExpectedCopy?> Announce(Address who, InstantMessage message)
    {
        try
        {
            return await grains.GetUser(who).ExpectFromGroup(message);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (Exception exception)
        {
            LogUndelivered(logger, place, who.ToString(), exception);
            return ExpectedCopy.None;
        }
    }

    public async Task HandOver(Address who, SessionNotice notice)
    {
        try
        {
            await HandOverAlone(who, notice);
        }
        catch (Exception exception)
        {
            LogUndelivered(logger, place, who.ToString(), exception);
        }
    }

    public async Task<ImmutableArray<UntakenCopy>> Cross(IGatewayInbox gateway, ImmutableArray<SharedCopy> copies)
    {
        try
        {
            if (near.At(gateway) is { } inbox)
                return inbox.Take(copies);
            return await gateway.DeliverShared(copies);
        }
        catch (Exception exception)
        {
            // It may have taken them. If it is lost, the members' grains offer what they have accounted for to other sessions.
            LogSilent(logger, place, copies.Sum(copy => copy.Sessions.Length), exception);
            return [];
        }
    }

    public async Task Settle(Address who, MessageKey message, ImmutableArray<string> sessions, bool isTakenBack)
    {
        try
        {
            await grains.GetUser(who).UntakenFromGroup(message, sessions, isTakenBack);
        }
        catch (Exception exception)
        {
            LogUndelivered(logger, place, who.ToString(), exception);
        }
    }

    protected virtual Task HandOverAlone(Address who, SessionNotice notice) => notice switch
    {
        MessageNotice copy => grains.GetUser(who).ReceiveFromGroup(copy.Message),
        MemberNotice news => grains.GetUser(who).TakeMemberNotice(news),
        _ => throw new NotSupportedException($"Groups do not tell {notice.GetType().Name}."),
    };

    [LoggerMessage(3010, LogLevel.Warning, "A copy of group {Group} did not reach {Member}.")]
    private static partial void LogUndelivered(ILogger logger, string group, string member, Exception exception);

    [LoggerMessage(3014, LogLevel.Warning, "A gateway did not answer to messages of group {Group} for {Count} sessions.")]
    private static partial void LogSilent(ILogger logger, string group, int count, Exception exception);
}
