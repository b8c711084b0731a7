using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Presence.Contracts.Domains;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Grains.Domains;

/// <summary>
/// The rules of one domain as this silo knows them: what configuration says now, and beside it what the domain's administrators have
/// laid down. Used from any thread.
/// </summary>
internal sealed class DomainRules(Domain domain, IOptions<AccessOptions> access)
{
    private readonly Lock _lock = new();
    private volatile State? _state;
    private volatile Defaults? _defaults;

    /// <summary>False until it was asked once what administrators have laid down.</summary>
    public bool AreKnown => _state is not null;

    /// <summary>The same object for as long as nothing changes.</summary>
    public AccessPolicy Policy
    {
        get
        {
            var configured = access.Value.Policy;
            if (_state is not { } state)
                return configured;
            if (ReferenceEquals(state.Configured, configured))
                return state.Policy;
            lock (_lock)
                _state = state = State.Of(configured, _state!.Bounds);
            return state.Policy;
        }
    }

    /// <summary>
    /// What applies to a node of the domain while its owner has set nothing: one list for all of them, half a KiB, and not one for each.
    /// </summary>
    public AccessList DefaultsBy(AccessProfile profile)
    {
        if (_defaults is { } known && known.Profile == profile)
            return known.List;
        var made = _defaults = new Defaults(profile, AccessProfiles.Of(profile, domain));
        return made.List;
    }

    /// <summary>These are in force; older ones are nobody's business any more.</summary>
    public void Learn(DomainBounds bounds)
    {
        lock (_lock)
        {
            if (_state is null || _state.Bounds.Version < bounds.Version)
                _state = State.Of(access.Value.Policy, bounds);
        }
    }

    private sealed record Defaults(AccessProfile Profile, AccessList List);

    private sealed record State(AccessPolicy Configured, DomainBounds Bounds, AccessPolicy Policy)
    {
        public static State Of(AccessPolicy configured, DomainBounds bounds) => new(
            configured, bounds,
            bounds.Ceiling.IsEmpty && bounds.Floor.IsEmpty
                ? configured
                : configured.Beside(Read(bounds.Ceiling), Read(bounds.Floor)));

        private static AccessList Read(ImmutableArray<AccessLine> lines) =>
            new([.. lines.Select(line => line.ToEntry()).OfType<AccessEntry>()]);
    }
}
