using Presence.Model.Properties;

namespace Presence.Model.Access;

/// <summary>What one may know of a user's being there, asked of his access rules alone: his grain and its window ask the same.</summary>
public static class Sight
{
    /// <summary>True if the asker may know whether the user is online, or is made to believe that he does.</summary>
    public static bool KnowsPresence(NodeAccess access, Asker asker) =>
        MayWatch(access, asker, Rights.Read, orBelieves: true) || MayWatch(access, asker, Rights.Subscribe, orBelieves: true);

    /// <summary>True if the asker may know the truth.</summary>
    public static bool SeesPresence(NodeAccess access, Asker asker) =>
        MayWatch(access, asker, Rights.Read, orBelieves: false) || MayWatch(access, asker, Rights.Subscribe, orBelieves: false);

    /// <summary>True if the owner does not want to see in groups whom he has blocked from writing to him.</summary>
    public static bool HidesInGroups(NodeAccess access, NodeProperties properties, Asker author) =>
        properties[StandardPaths.PrivacyGroups]?.Value.Text == "hide"
        && access.Persons.Find(PersonEffect.Block, author, Rights.Send) is not null;

    private static bool MayWatch(NodeAccess access, Asker asker, Rights right, bool orBelieves) =>
        access.Judge(asker, right, StandardPaths.Status).Verdict is var verdict
        && (verdict == Verdict.Allow || (orBelieves && verdict == Verdict.Fake));
}
