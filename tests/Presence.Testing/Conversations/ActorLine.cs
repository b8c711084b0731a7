using System.Text.RegularExpressions;

namespace Presence.Testing.Conversations;

/// <summary>`actor`, a sign that tells who speaks, perhaps a mode, and the rest: `alice&gt;raw GET…`.</summary>
/// <param name="Sign">`:` action, `&gt;` to the server, `&lt;` from the server, `|` body.</param>
/// <param name="Mode">Letters or `?` directly after the sign, often empty.</param>
internal sealed partial record ActorLine(SourceLine Source, string Actor, char Sign, string Mode, string Rest)
{
    public static ActorLine? Parse(SourceLine source)
    {
        var match = Shape().Match(source.Text);
        return match.Success
            ? new ActorLine(source, match.Groups["actor"].Value, match.Groups["sign"].Value[0],
                match.Groups["mode"].Value, match.Groups["rest"].Value)
            : null;
    }

    [GeneratedRegex(
        @"^(?<actor>[a-z][a-z0-9-]*(/[a-z0-9-]+)?)(?<sign>[:<>|])(?<mode>[a-z]*|\?)( (?<rest>.*))?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
