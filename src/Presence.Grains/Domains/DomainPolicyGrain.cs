using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Domains;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Domains;

internal sealed class DomainPolicyGrain(
    [PersistentState("domain-policy", PresenceGrainsExtensions.StorageName)] IPersistentState<DomainPolicyRecord> record,
    IOptions<AccessOptions> access,
    DomainPolicies policies,
    PresenceClock clock) : Grain, IDomainPolicyGrain
{
    private static readonly PropertyPath Ceiling = PropertyPath.Parse("policy/ceiling");
    private static readonly PropertyPath Floor = PropertyPath.Parse("policy/floor");

    public Task<DomainBounds> Bounds() => Task.FromResult(Current());

    public Task<AccessListAnswer> GetAccess(Address asker, PropertyPath path) => Task.FromResult(
        Refuse(asker, path) is { } refusal
            ? AccessListAnswer.Refused(refusal)
            : new AccessListAnswer(null, record.State.Version, path, Lines(ListAt(path))));

    public async Task<WriteAnswer> SetAccess(AccessListRequest request)
    {
        if (Refuse(request.Asker, request.Path) is { } refusal)
            return WriteAnswer.Refused(refusal);
        var before = record.State;
        if (request.OnlyIf is { } expected && expected != before.Version)
            return WriteAnswer.Refused(Refusal.VersionMismatch(before.Version));
        if (request.Lines.Length > access.Value.MaxEntries)
            return WriteAnswer.Refused(Refusal.TooMany);
        var entries = request.Lines.Select(line => line.ToEntry()).ToList();
        if (entries.Exists(entry => entry is null || !AccessPolicy.Takes(entry)))
            return WriteAnswer.Refused(Refusal.BadParameter("line"));

        List<string> lines = [.. entries.Select(entry => entry!.ToString())];
        var isCeiling = request.Path.Equals(Ceiling);
        record.State = new DomainPolicyRecord
        {
            Version = VersionClock.Next(before.Version, clock.Now),
            Ceiling = isCeiling ? lines : before.Ceiling,
            Floor = isCeiling ? before.Floor : lines,
            MostCeilings = Math.Max(before.MostCeilings, isCeiling ? lines.Count : 0),
            MostFloors = Math.Max(before.MostFloors, isCeiling ? 0 : lines.Count),
        };
        await record.WriteStateAsync();

        // The other silos learn it within seconds; nobody here acts by the old rules from now on.
        policies.Learn(Self, Current());
        return new WriteAnswer(null, record.State.Version);
    }

    private Domain Self => Domain.Parse(this.GetPrimaryKeyString());

    private Refusal? Refuse(Address asker, PropertyPath path)
    {
        if (!access.Value.IsAdministrator(asker, Self))
            return Refusal.Forbidden;
        return path.Equals(Ceiling) || path.Equals(Floor) ? null : Refusal.NotAllowed;
    }

    private DomainBounds Current() =>
        new(record.State.Version, Lines(record.State.Ceiling), Lines(record.State.Floor),
            record.State.MostCeilings, record.State.MostFloors);

    private List<string> ListAt(PropertyPath path) =>
        path.Equals(Ceiling) ? record.State.Ceiling : record.State.Floor;

    private static ImmutableArray<AccessLine> Lines(List<string> lines) =>
        [.. AccessPolicy.ReadLines(lines).List.Entries.Select(AccessLine.Of)];
}
