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
        var entry = AccessEntry.Parse(words[0], words[1], words[2], words.ElementAtOrDefault(3)?["path=".Length..]);
        Assert.True(entry is not null, line);
        return entry;
    }

    /// <summary>A node of alice with this list on its root.</summary>
    public static NodeAccess Node(params string[] lines) => Node(List(lines));

    public static NodeAccess Node(AccessList list) => new()
    {
        Node = Address.Parse("alice@a.example"),
        Owner = Address.Parse("alice@a.example"),
        Defaults = list,
    };

    public static Asker Who(string address) => address == "anon" ? Asker.Anonymous : Asker.Of(Address.Parse(address));

    public static Effect Decide(this AccessList list, string asker, string right, string path)
    {
        Assert.True(RightsWords.TryParse(right, out var rights), right);
        return list.Decide(Address.Parse(asker), rights, PropertyPath.Parse(path));
    }

    public static Effect Decide(this AccessList list, Address asker, Rights right, PropertyPath path) =>
        list.Find(Asker.Of(asker), right, path) ?? Effect.Deny;

    public static Judgement Judge(this NodeAccess access, string asker, string right, string path)
    {
        Assert.True(RightsWords.TryParse(right, out var rights), right);
        return access.Judge(Who(asker), rights, PropertyPath.Parse(path));
    }

    /// <summary>What an approval makes of a list that the owner has set on the node.</summary>
    public static AccessList Grant(AccessList list, Address who, PropertyPath path, Rights? rights) =>
        Approval.Grant(WithRoot(list), who, path, rights, 0).ListFor(PropertyPath.Root);

    /// <summary>What an explicit denial makes of it.</summary>
    public static AccessList Withdraw(AccessList list, Address who) =>
        Approval.Withdraw(WithRoot(list), who, PropertyPath.Root, isExplicit: true, 0).ListFor(PropertyPath.Root);

    private static NodeAccess WithRoot(AccessList list)
    {
        var access = Node(AccessList.Empty);
        return access with { Lists = access.Lists.Add(PropertyPath.Root, list) };
    }
}
