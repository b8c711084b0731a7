using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Messages and their receipts.</content>
internal sealed partial class UserGrain
{
    public async Task<SendAnswer> Receive(InstantMessage message)
    {
        if (_node.IsGroup)
            return SendAnswer.Of(await Post(message));
        var answer = await _messages.Receive(message, _clock.Now);
        KeepWhileNeeded();
        _alarm.WakeBy(message.Expires, _messages.Requests.NextExpiry);
        return answer;
    }

    public async Task<bool> Acknowledge(string session, ImmutableArray<MessageKey> messages)
    {
        await _messages.Acknowledge(session, messages, _clock.Now);
        return _endpoints.FindSession(session) is not null;
    }

    public Task<Refusal?> ReportDisplayed(MessageKey message, Disposition disposition) =>
        _messages.ReportDisplayed(message, disposition, _clock.Now);

    public Task TakeReceipt(Receipt receipt) => _endpoints.DeliverToAll(new ReceiptNotice(receipt));

    public Task TakeCopy(string session, CopyNotice copy) => _courier.To(
        [.. _endpoints.All.Where(bound => bound.CopiesSent && bound.Session != session).Select(bound => bound.Session)],
        copy);
}
