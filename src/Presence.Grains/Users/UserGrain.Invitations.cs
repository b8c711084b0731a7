using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Invitations to other media.</content>
internal sealed partial class UserGrain
{
    public async Task<SendAnswer> Invite(Invitation invitation)
    {
        var answer = await _invitations.Invite(invitation, _clock.Now);
        _alarm.WakeBy(_invitations.NextExpiry);
        return answer;
    }

    public Task<Refusal?> Answer(AnswerRequest answer) => _invitations.Answer(answer, _clock.Now);

    public Task<SendAnswer> Cancel(Address from, string id, string? why, int hops) =>
        _invitations.Cancel(from, id, why, hops, _clock.Now);

    public async Task<bool> TakeAnswer(string session, AnswerNotice answer) => (await _courier.To([session], answer)).Count > 0;

    public Task<Refusal?> Refer(ReferNotice notice) => _invitations.Refer(notice);
}
