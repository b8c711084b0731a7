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
        OpenWindow();
        _alarm.WakeBy(message.Expires, _messages.Requests.NextExpiry, _messages.Absence.NextReview);
        return answer;
    }

    public async Task<bool> Acknowledge(string session, ImmutableArray<MessageKey> messages)
    {
        await _messages.Acknowledge(session, messages, _clock.Now);
        return _endpoints.FindSession(session) is not null;
    }

    public Task<Refusal?> ReportDisplayed(MessageKey message, Disposition disposition) =>
        _messages.ReportDisplayed(message, disposition, _clock.Now);

    public async Task TakeReceipt(Receipt receipt)
    {
        // Nobody is here, or this grain does not know yet who is: a lost silo's sessions are asserted within seconds.
        if (_endpoints.IsEmpty)
        {
            _receipts.Hold(receipt, _clock.Now);
            _alarm.WakeBy(_receipts.NextExpiry);
        }
        else if (!await _endpoints.DeliverToAll(new ReceiptNotice(receipt)))
            throw new TimeoutException($"A gateway of {_node.Self} did not answer.");
        OpenWindow();
    }

    public Task TakeCopy(string session, CopyNotice copy) =>
        _endpoints.TakersOfCopies(session) is { Count: > 0 } takers ? _courier.To(takers, copy) : Task.CompletedTask;
}
