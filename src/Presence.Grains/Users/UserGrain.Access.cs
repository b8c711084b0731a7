using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>What the owner decides about others.</content>
internal sealed partial class UserGrain
{
    public async Task<WriteAnswer> Approve(ApprovalRequest request)
    {
        if (!request.Asker.Equals(_node.Self) || !_node.Exists)
            return WriteAnswer.Refused(Refusal.Forbidden);
        var version = await _store.Write(
            Approval.Grant(_node.Access, request.Who, request.Path, request.Rights), _clock.Now);
        await _watchers.Approve(request.Who);
        return new WriteAnswer(null, version);
    }

    public async Task<WriteAnswer> Deny(DenialRequest request)
    {
        if (!request.Asker.Equals(_node.Self) || !_node.Exists)
            return WriteAnswer.Refused(Refusal.Forbidden);
        var version = await _store.Write(
            Approval.Withdraw(_node.Access, request.Who, request.IsExplicit), _clock.Now);
        await _watchers.TurnAway(request.Who, request.IsExplicit, _clock.Now);
        return new WriteAnswer(null, version);
    }
}
