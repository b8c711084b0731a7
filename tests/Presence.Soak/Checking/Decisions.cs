using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>Reads an owner's requests as decisions, and says what each does (docs/protocol/access.md).</summary>
internal static class Decisions
{
    /// <summary>What the request decides about this user; null for nothing.</summary>
    public static Decision? About(string peer, Call call) => call.Verb switch
    {
        "SETACL" => call.Body.StartsWith("allow", StringComparison.Ordinal) ? Decision.Open : Decision.Close,
        _ when call["who"] != peer || call.Target != "~" => null,
        "APPROVE" => Decision.Approve,
        "DENY" => call["mode"] == "explicit" ? Decision.DenyExplicitly : Decision.DenyPolitely,
        "BLOCK" => call["mode"] == "explicit" ? Decision.BlockExplicitly : Decision.BlockPolitely,
        "UNBLOCK" => Decision.Unblock,
        _ => null,
    };

    /// <summary>Where the protocol leaves it open, several.</summary>
    public static IEnumerable<Standing> Apply(Decision decision, Standing before) => decision switch
    {
        // A polite denial goes with it. Whether an explicit block does, no page says.
        Decision.Approve when before.Block == Block.Explicit =>
            [before with { Granted = true, Block = Block.None }, before with { Granted = true }],
        Decision.Approve => [before with { Granted = true, Block = Block.None }],
        Decision.DenyPolitely when before.Block == Block.Explicit => [before, before with { Block = Block.Polite }],
        Decision.DenyPolitely or Decision.BlockPolitely => [before with { Block = Block.Polite }],
        Decision.BlockExplicitly => [before with { Block = Block.Explicit }],
        Decision.DenyExplicitly => [before with { Granted = false }],
        Decision.Unblock => [before with { Block = Block.None }],
        Decision.Open => [before with { Open = true }],
        _ => [before with { Open = false }],
    };
}
