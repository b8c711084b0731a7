using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Reading and writing.</content>
internal sealed partial class UserGrain
{
    public async Task<WriteAnswer> Write(WriteRequest request)
    {
        if (Missing(request.Asker) is { } missing)
            return WriteAnswer.Refused(missing);
        if (request.Changes.Any(c => _node.Decide(request.Asker, Rights.Write, c.Path) != Effect.Allow))
            return WriteAnswer.Refused(Refusal.Forbidden);
        var outcome = _node.Apply(request.Changes, request.OnlyIf, _clock.Now, _options.Properties);
        if (outcome.Refusal is { } refusal)
            return WriteAnswer.Refused(refusal);
        await Take(outcome, request.Changes);
        return new WriteAnswer(null, outcome.Properties.Version);
    }

    public Task<ReadAnswer> Read(ReadRequest request)
    {
        if (!_node.Exists && _node.TellsAbsence(request.Asker))
            return Task.FromResult(ReadAnswer.Refused(Refusal.NotFound));
        var (refusal, isContainer, properties) = _node.Read(request.Asker, request.Path);
        return Task.FromResult(new ReadAnswer(refusal, isContainer, properties));
    }
}
