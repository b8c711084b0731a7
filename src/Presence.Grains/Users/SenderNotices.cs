using Presence.Contracts.Users;
using Presence.Grains.Peers;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>Tells senders what became of their messages to this user.</summary>
internal sealed class SenderNotices(UserNode node, Admissions admissions, Neighbours neighbours)
{
    private readonly UntoldFailures _untold = new();

    /// <summary>When those are to be told again who could not be told; null without any.</summary>
    public DateTimeOffset? NextTry => _untold.NextTry;

    public async Task TellUntold(DateTimeOffset now)
    {
        foreach (var (message, code, until) in _untold.Take(now))
            await TellLeft(message, now, code, until);
    }

    public async Task TellFailed(InstantMessage message, DateTimeOffset now, int code)
    {
        if (message.Wants != ReceiptWishes.None && await MayHear(message.From))
            await TellLeft(message, now, code);
    }

    /// <summary>
    /// A message has waited in vain. Who was shut out politely hears it too, for it is what he would hear of a user who does not come
    /// back. A sender who cannot be told now holds up nobody else.
    /// </summary>
    public async Task TellLeft(InstantMessage message, DateTimeOffset now, int code, DateTimeOffset? until = null)
    {
        if (message.Wants == ReceiptWishes.None)
            return;
        try
        {
            await Take(message, Disposition.Failed, now, code);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            _untold.Add(message, code, now, until);
        }
    }

    /// <summary>Throws if the sender cannot be told now.</summary>
    public async Task TellDelivered(InstantMessage message, DateTimeOffset now)
    {
        if (await MayHear(message.From))
            await Take(message, Disposition.Delivered, now);
    }

    public async Task TellDisplayed(MessageKey key, Address? sentTo, DateTimeOffset now)
    {
        if (ReceiptPolicy.Permits(node.Properties, key.From) && await MayHear(key.From))
        {
            await neighbours.TakeReceipt(
                key.From, new Receipt(sentTo ?? node.Self, key.Id, Disposition.Displayed, now));
        }
    }

    private Task Take(InstantMessage message, Disposition disposition, DateTimeOffset now, int code = 0)
    {
        var sentTo = message.Via.IsEmpty ? node.Self : message.Via[0];
        return neighbours.TakeReceipt(message.From, new Receipt(sentTo, message.Id, disposition, now, code));
    }

    private async ValueTask<bool> MayHear(Address sender) => ReceiptPolicy.MayHear(await admissions.Judge(sender));
}
