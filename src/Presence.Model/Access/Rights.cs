namespace Presence.Model.Access;

/// <summary>The eight rights of docs/protocol/access.md.</summary>
[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    Subscribe = 4,
    Send = 8,
    Invite = 16,
    Join = 32,
    List = 64,
    Administer = 128,
    All = 255,
}

/// <summary>Wire words of rights, joined by commas: <c>read,sub</c>.</summary>
public static class RightsWords
{
    private static readonly (string Word, Rights Right)[] Words =
    [
        ("all", Rights.All), ("read", Rights.Read), ("write", Rights.Write), ("sub", Rights.Subscribe),
        ("send", Rights.Send), ("invite", Rights.Invite), ("join", Rights.Join), ("list", Rights.List),
        ("acl", Rights.Administer),
    ];

    /// <summary>False for an empty list or an unknown word.</summary>
    public static bool TryParse(string list, out Rights rights)
    {
        rights = Rights.None;
        foreach (var word in list.Split(','))
        {
            var index = Array.FindIndex(Words, entry => entry.Word == word);
            if (index < 0)
                return false;
            rights |= Words[index].Right;
        }

        return true;
    }

    /// <summary>Wire form, in the order of the specification; <c>all</c> for all of them.</summary>
    public static string Format(Rights rights) => rights == Rights.All
        ? Words[0].Word
        : string.Join(',', Words.Skip(1).Where(entry => rights.HasFlag(entry.Right)).Select(entry => entry.Word));
}
