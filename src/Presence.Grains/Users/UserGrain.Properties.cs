using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Reading and writing.</content>
internal sealed partial class UserGrain
{
    public async Task<WriteAnswer> Write(WriteRequest request)
    {
        var asker = await Identify(request.Asker);
        if (Missing(asker) is { } missing)
            return WriteAnswer.Refused(missing);
        if (request.Changes.Any(c => !_node.Judge(asker, Rights.Write, c.Path).IsAllowed))
            return WriteAnswer.Refused(Refusal.Forbidden);
        var outcome = _node.Apply(request.Changes, request.OnlyIf, _clock.Now, _options.Properties);
        if (outcome.Refusal is { } refusal)
            return WriteAnswer.Refused(refusal);
        await Take(outcome, request.Changes);
        return new WriteAnswer(null, outcome.Properties.Version);
    }

    public async Task<ReadAnswer> Read(ReadRequest request)
    {
        var asker = await Identify(request.Asker);
        if (!_node.Exists && _node.TellsAbsence(asker))
            return ReadAnswer.Refused(Refusal.NotFound);
        var (refusal, isContainer, properties) = _node.Read(asker, request.Path);
        await NoteQuery(asker, request.Path, isDenied: refusal is { Code: 403 });
        return new ReadAnswer(refusal, isContainer, properties);
    }

    /// <summary>The owner can look back on who asked; where nobody is, nothing is kept.</summary>
    private async Task NoteQuery(Asker asker, PropertyPath path, bool isDenied)
    {
        if (!_node.Exists || _node.Access.IsOwner(asker))
            return;
        var now = _clock.Now;
        if (_queries.Note(asker, isDenied, now) && _node.WantsToHearOfQueries)
            await _endpoints.DeliverToAll(new QueryNotice(asker.ToString(), path, now));
        _alarm.WakeBy(_queries.StoreBy);
    }
}
