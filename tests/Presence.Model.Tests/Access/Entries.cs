using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Model.Tests.Access;

/// <summary>
/// Access lists in the words of docs/protocol/access.md, one entry a line: <c>allow bob@b.example read,sub path=presence</c>.
/// </summary>
internal static class Entries
{
    public static AccessList List(params string[] lines) => new([.. lines.Select(Entry)]);

    public static AccessEntry Entry(string line)
    {
        var words = line.Split(' ');
        Assert.True(RightsWords.TryParse(words[2], out var rights), line);
        return new AccessEntry(
            Enum.Parse<Effect>(words[0], ignoreCase: true), WhoIs(words[1]), rights, ScopeOf(words.ElementAtOrDefault(3)));
    }

    public static Effect Decide(this AccessList list, string asker, string right, string path)
    {
        Assert.True(RightsWords.TryParse(right, out var rights), right);
        return list.Decide(Address.Parse(asker), rights, PropertyPath.Parse(path));
    }

    private static Principal WhoIs(string word) => word switch
    {
        "*" => Principal.Everyone,
        _ when word.StartsWith("*@", StringComparison.Ordinal) => Principal.UsersOf(Domain.Parse(word[2..])),
        _ => Principal.Person(Address.Parse(word)),
    };

    private static Scope ScopeOf(string? word) => word switch
    {
        null => Scope.Everything,
        "path=presence" => Scope.PresenceBundle,
        _ => Scope.Below(PropertyPath.Parse(word["path=".Length..])),
    };
}
