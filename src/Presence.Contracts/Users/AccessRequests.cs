using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <summary>One line of an access list in its wire words, so that a newer word breaks no older process.</summary>
/// <param name="Effect">Wire word.</param>
/// <param name="Who">Wire form of the principal.</param>
/// <param name="Rights">Wire words, joined by commas.</param>
/// <param name="Path">Value of <c>path=</c>, or null.</param>
[GenerateSerializer, Immutable, Alias("presence.access-line")]
public sealed record AccessLine(
    [property: Id(0)] string Effect,
    [property: Id(1)] string Who,
    [property: Id(2)] string Rights,
    [property: Id(3)] string? Path)
{
    public static AccessLine Of(AccessEntry entry) => new(
        EffectWords.Word(entry.Effect), entry.Principal.ToString(), RightsWords.Format(entry.Rights), entry.PathWord);

    /// <summary>Null if a word is unknown.</summary>
    public AccessEntry? ToEntry() => AccessEntry.Parse(Effect, Who, Rights, Path);
}

/// <summary>Replaces the list at a place; no lines at all take it away.</summary>
[GenerateSerializer, Immutable, Alias("presence.access-list-request")]
public sealed record AccessListRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] PropertyPath Path,
    [property: Id(2)] long? OnlyIf,
    [property: Id(3)] ImmutableArray<AccessLine> Lines);

/// <summary>The list that applies at a place, and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("presence.access-list-answer")]
public sealed record AccessListAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] long Version,
    [property: Id(2)] PropertyPath Place,
    [property: Id(3)] ImmutableArray<AccessLine> Lines)
{
    public static AccessListAnswer Refused(Refusal why) => new(why, 0, PropertyPath.Root, []);
}

/// <summary>Shuts somebody out, from the rights in <paramref name="Scope"/>.</summary>
[GenerateSerializer, Immutable, Alias("presence.block-request")]
public sealed record BlockRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] string Who,
    [property: Id(2)] bool IsExplicit,
    [property: Id(3)] Rights Scope);

/// <summary>One line of the block list or the allow list.</summary>
[GenerateSerializer, Immutable, Alias("presence.person-line")]
public sealed record PersonLine(
    [property: Id(0)] string Who,
    [property: Id(1)] bool IsBlock,
    [property: Id(2)] bool IsExplicit,
    [property: Id(3)] Rights Scope)
{
    public static PersonLine Of(PersonEntry entry) =>
        new(entry.Who.ToString(), entry.Effect == PersonEffect.Block, entry.IsExplicit, entry.Scope);
}

/// <summary>Both lists of persons, and the mode that says which is in force.</summary>
[GenerateSerializer, Immutable, Alias("presence.person-list-answer")]
public sealed record PersonListAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] string Mode,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableArray<PersonLine> Lines)
{
    public static PersonListAnswer Refused(Refusal why) => new(why, "", 0, []);
}

/// <summary>One line of an explanation.</summary>
[GenerateSerializer, Immutable, Alias("presence.explained-line")]
public sealed record ExplainedLine(
    [property: Id(0)] string Subject,
    [property: Id(1)] string Text);
