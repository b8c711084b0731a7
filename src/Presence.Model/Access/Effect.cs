namespace Presence.Model.Access;

/// <summary>What a rule says; the order is that of strictness, and a tie between equal principals goes to the stricter.</summary>
public enum Effect
{
    Allow = 0,

    /// <summary>The owner decides: a subscription waits, a first message is flagged as a request, the rest is refused.</summary>
    Ask = 1,

    Deny = 2,

    /// <summary>Allowed in appearance: the asker is shown the node as if its owner had logged out.</summary>
    Polite = 3,
}

/// <summary>Wire words of effects.</summary>
public static class EffectWords
{
    private static readonly string[] Words = ["allow", "ask", "deny", "polite"];

    public static string Word(Effect effect) => Words[(int)effect];

    /// <summary>False for a word that is none of the four.</summary>
    public static bool TryParse(string word, out Effect effect)
    {
        var index = Array.IndexOf(Words, word);
        effect = index < 0 ? Effect.Deny : (Effect)index;
        return index >= 0;
    }
}
