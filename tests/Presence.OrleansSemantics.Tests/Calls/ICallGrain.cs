using Orleans.Concurrency;

namespace Presence.OrleansSemantics.Tests.Calls;

/// <summary>A grain that shows how Orleans calls it. What it does is in its journal.</summary>
[Alias("semantics.call")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Adds 1 to the list that it was given and returns that list.</summary>
    [Alias("extend")]
    Task<List<int>> Extend(List<int> numbers);

    [Alias("echo-mutable")]
    Task<MutablePayload> Echo(MutablePayload payload);

    [Alias("echo-immutable")]
    Task<ImmutablePayload> Echo(ImmutablePayload payload);

    /// <summary>Whether a payload that goes to the other grain and back is the same object still.</summary>
    [Alias("shares-mutable")]
    Task<bool> SharesMutable(ICallGrain other);

    [Alias("shares-immutable")]
    Task<bool> SharesImmutable(ICallGrain other);

    /// <summary>Stops at the gate of this grain.</summary>
    [Alias("hold")]
    Task Hold();

    [Alias("note")]
    [ResponseTimeout("00:00:01")]
    Task Note(string line);

    [Alias("note-patiently")]
    Task NotePatiently(string line);

    [Alias("interleave")]
    [AlwaysInterleave]
    Task Interleave(string line);

    /// <summary>Calls the other grain, which calls back; says how that ended.</summary>
    [Alias("cycle")]
    Task<string> Cycle(ICallGrain other);

    /// <summary>As <see cref="Cycle"/>, but the way back is a call that interleaves.</summary>
    [Alias("marked-cycle")]
    Task<string> MarkedCycle(ICallGrain other);

    [Alias("back")]
    Task Back(ICallGrain caller, bool isMarked);

    [Alias("hold-briefly")]
    [ResponseTimeout("00:00:01")]
    Task HoldBeyondTimeout();

    [Alias("throw")]
    Task Throw();

    [Alias("throw-one-way")]
    [OneWay]
    Task ThrowOneWay();

    [Alias("hold-one-way")]
    [OneWay]
    Task HoldOneWay();

    [Alias("ring-me")]
    Task RingThroughOtherInterface();
}

/// <summary>A second interface of the same grain.</summary>
[Alias("semantics.rung")]
public interface IRungGrain : IGrainWithStringKey
{
    [Alias("ring")]
    [OneWay]
    Task Ring();
}

[GenerateSerializer, Alias("semantics.mutable")]
public sealed class MutablePayload
{
    [Id(0)] public string Text { get; set; } = "";
}

[GenerateSerializer, Immutable, Alias("semantics.immutable")]
public sealed class ImmutablePayload
{
    [Id(0)] public string Text { get; init; } = "";
}
