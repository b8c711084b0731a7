using System.Collections.Immutable;
using System.Security.Cryptography;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Reading and writing.</content>
internal sealed partial class UserGrain
{
    private const int MaxPassphrases = 16;

    public async Task<WriteAnswer> Write(WriteRequest request)
    {
        var asker = await Identify(request.Asker);
        if (Missing(asker) is { } missing)
            return WriteAnswer.Refused(missing);
        if (request.Changes.FirstOrDefault(c => !_node.Judge(asker, Rights.Write, c.Path).IsAllowed) is { } barred)
            return await WriteUnseen(asker, _node.Judge(asker, Rights.Write, barred.Path), request);
        if (request.Changes.FirstOrDefault(c => c.Path.StartsWith(StandardPaths.Passphrases)) is { } secret)
            return await SetPassphrase(secret, isAlone: request.Changes.Length == 1);
        if (_node.IsGroup && GroupSettings.FirstFault(request.Changes) is not null)
            return WriteAnswer.Refused(Refusal.BadParameter("val"));
        var outcome = _node.Apply(request.Changes, request.OnlyIf, _clock.Now, Options.Properties);
        if (outcome.Refusal is { } refusal)
            return WriteAnswer.Refused(refusal);
        await Take(outcome, request.Changes);
        if (_node.IsGroup && request.Changes.Any(c => GroupSettings.IsSetting(c.Path)))
            await Group.SetPolicy(GroupSettings.Read(outcome.Properties));
        return new WriteAnswer(null, outcome.Properties.Version);
    }

    /// <summary>
    /// Who was shut out politely writes into what he sees, and all who see the same see it. A lease would have to run out there; it is
    /// refused.
    /// </summary>
    private async Task<WriteAnswer> WriteUnseen(Asker asker, Judgement judgement, WriteRequest request)
    {
        if (_node.Past.Moments.GetValueOrDefault(judgement.Since) is not { } moment
            || request.Changes.Any(c => _node.Judge(asker, Rights.Write, c.Path) != judgement || c.Lease is not null
                || c.Path.StartsWith(StandardPaths.Passphrases)))
            return WriteAnswer.Refused(Refusal.Forbidden);
        var outcome = _node.Past.AllAt(moment.Version, _node.Properties)
            .Apply(request.Changes, request.OnlyIf, _clock.Now, Options.Properties);
        if (outcome.Refusal is { } refusal)
            return WriteAnswer.Refused(refusal);
        var past = _node.Past.With(moment.After(outcome.Deltas));
        await _store.Write(_node.Properties, _node.Access, past);
        _node.Replace(_node.Access, past);
        _node.Replace(_node.Properties with { Version = outcome.Properties.Version }, _node.View);
        await _watchers.TellUnseen(moment.Version, outcome.Deltas, person => Identify(person));
        return new WriteAnswer(null, outcome.Properties.Version);
    }

    public async Task<ReadAnswer> Read(ReadRequest request)
    {
        var asker = await Identify(request.Asker);
        if (request.Proof is { } proof)
            asker = asker with { Passphrases = _passphrases.Ids(proof) };
        if (!_node.Exists && _node.TellsAbsence(asker))
            return ReadAnswer.Refused(Refusal.NotFound);
        if (_node.IsGroup && request.Path == StandardPaths.MemberCount)
            return request.Asker is { } known ? await ReadMemberCount(known) : ReadAnswer.Refused(Refusal.Forbidden);
        var (refusal, isContainer, properties) = _node.Read(asker, request.Path);
        if (!request.IsDiscreet)
            await NoteQuery(asker, request.Path, isDenied: refusal is { Code: 403 });
        return new ReadAnswer(refusal, isContainer, properties);
    }

    public Task<PassphraseSalt?> PassphraseFor(PropertyPath path)
    {
        var ids = _node.Access.ListFor(path).Entries.Select(entry => entry.Principal.Passphrase);
        var verifier = _store.Passphrases.FirstOrDefault(p => ids.Contains(p.Id));
        if (!_node.Exists)
            DeactivateOnIdle();
        return Task.FromResult(
            verifier is null ? null : new PassphraseSalt(verifier.Salt.ToArray(), PassphraseVerifier.Iterations));
    }

    public Task<bool> Accepts(PassphraseProof proof) => Task.FromResult(_passphrases.Proven(proof) is not null);

    /// <summary>A passphrase is written like a property, by the owner alone, and can never be read.</summary>
    private async Task<WriteAnswer> SetPassphrase(PropertyChange change, bool isAlone)
    {
        if (!isAlone || change.Path.Count != 2 || change.Lease is not null || change.Value is { Text: null })
            return WriteAnswer.Refused(Refusal.NotAllowed);
        var id = change.Path.Last!;
        if (!Principal.TryParse($"pass:{id}", out _))
            return WriteAnswer.Refused(Refusal.BadAddress);
        if (change.Value is not null && _store.Passphrases.Count(p => p.Id != id) >= MaxPassphrases)
            return WriteAnswer.Refused(Refusal.TooMany);
        await _store.Write(id, change.Value is not { Text: { } text }
            ? null
            : PassphraseVerifier.Derive(id, text, RandomNumberGenerator.GetBytes(PassphraseVerifier.SaltLength)));
        await _watchers.Review(person => Identify(person), _clock.Now);
        return new WriteAnswer(null, NextVersion());
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
