using BenchmarkDotNet.Attributes;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Microbench;

/// <summary>The decision function, which every verb asks.</summary>
[MemoryDiagnoser]
public class AccessBenchmarks
{
    private static readonly Address Alice = Address.Parse("alice@a.example");

    private readonly Asker _asker = Asker.Of(Address.Parse("bob@a.example"));
    private NodeAccess _access = null!;

    /// <summary>People whom the owner has approved one by one.</summary>
    [Params(0, 10, 200)]
    public int Approved { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _access = new NodeAccess
        {
            Owner = Alice,
            Node = Alice,
            Defaults = AccessProfiles.Of(AccessProfile.Standard, Alice.Domain),
        };
        for (var i = 0; i < Approved; i++)
        {
            var friend = Principal.Person(Address.Parse($"friend{i}@a.example"));
            var grant = new AccessEntry(Effect.Allow, friend, Rights.Read | Rights.Subscribe, Scope.PresenceBundle);
            _access = _access.Amend(PropertyPath.Root, i + 1, list => list.With(grant));
        }
    }

    /// <summary>May he read the status?</summary>
    [Benchmark]
    public Judgement JudgeStatus() => _access.Judge(_asker, Rights.Read, StandardPaths.Status);

    /// <summary>May he read everything below the root?</summary>
    [Benchmark]
    public Judgement JudgeBelowRoot() => _access.JudgeBelow(_asker, Rights.Read, PropertyPath.Root);
}
