using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Addresses;

namespace Presence.Grains.Users;

/// <content>What is known of a user, for who must hand it out or erase it.</content>
internal sealed partial class UserGrain
{
    public async Task<ImmutableArray<ExportedItem>> Export()
    {
        if (!_node.Exists)
        {
            DeactivateOnIdle();
            return [];
        }

        return
        [
            .. UserExport.OfProperties(_node.Properties),
            .. UserExport.OfPast(_node.Past),
            .. UserExport.OfAccess(_node.Access),
            .. _store.Passphrases.Select(passphrase => new ExportedItem("passphrase", passphrase.Id, "kept as a derived key")),
            .. _endpoints.All.Select(bound => new ExportedItem("session", bound.Endpoint, bound.Session)),
            .. _watching.Current(_clock.Now).Select(UserExport.Of),
            .. (await _subscriptions.List()).Select(UserExport.Of),
            .. _queries.Current(_clock.Now).Select(UserExport.Of),
            .. _messages.Requests.Waiting.Concat(_messages.Absence.Waiting).Select(UserExport.Of),
        ];
    }

    public async Task ForgetPerson(Address who)
    {
        if (!_node.Exists)
        {
            DeactivateOnIdle();
            return;
        }

        await ForgetWatcher(who);
        await _queries.Forget(who);
        await _messages.Requests.Forget(who);
        await _messages.Absence.Forget(who);
    }
}
