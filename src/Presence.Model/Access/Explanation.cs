using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>Why a decision is what it is, for the owner or an administrator who asks.</summary>
/// <param name="Judgement">The decision.</param>
/// <param name="Place">Where the list stands that applies.</param>
/// <param name="Line">The line of that list that decides; null if none matches.</param>
/// <param name="Bounded">The same after ceiling and floor.</param>
/// <param name="Block">The line of the block list that matches, or null.</param>
/// <param name="IsOffAllowList">True if the mode is "only" and the asker is not on the allow list.</param>
public sealed record Explanation(
    Judgement Judgement, PropertyPath Place, AccessEntry? Line, Effect Bounded, PersonEntry? Block, bool IsOffAllowList)
{
    /// <summary>
    /// One line for people: <c>fake: 'allow * read' in the list at ~, blocked politely as *@evil.example since version 5</c>.
    /// </summary>
    public string Sentence => $"{Judgement.Verdict.ToString().ToLowerInvariant()}: {Reasons()}";

    private string Reasons()
    {
        var place = Place.IsRoot ? "~" : $"~/{Place}";
        var said = Line is { } line ? $"'{line}' in the list at {place}" : $"no line in the list at {place}";
        if (Bounded != (Line?.Effect ?? Effect.Deny))
            said += $", {EffectWords.Word(Bounded)} by the domain's policy";
        if (Block is { } block)
            said += $", blocked {(block.IsExplicit ? "explicitly" : "politely")} as {block.Who} since version {block.Since}";
        else if (IsOffAllowList)
            said += ", and only the allow list is served";
        return said;
    }
}
