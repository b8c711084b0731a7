using Presence.Model.Addresses;

namespace Presence.Model.Groups;

/// <summary>
/// A characteristic whose bearers belong to a group without joining it: <c>domain</c>, all users of the group's domain, or
/// <c>interest:PATTERN</c>, those who joined exactly this pattern at the interest node of the domain. Both are evaluated
/// without looking at every user (docs/decisions/0031-groups.md).
/// </summary>
/// <param name="Interest">The pattern; null for the rule <c>domain</c>.</param>
public sealed record GroupRule(ClassPattern? Interest)
{
    public static readonly GroupRule Domain = new((ClassPattern?)null);

    private const string DomainWord = "domain";
    private const string InterestPrefix = "interest:";

    public bool IsDomain => Interest is null;

    public static bool TryParse(string text, out GroupRule? rule)
    {
        rule = null;
        if (text == DomainWord)
            rule = Domain;
        else if (text.StartsWith(InterestPrefix, StringComparison.Ordinal)
            && ClassPattern.TryParse(text[InterestPrefix.Length..], out var pattern))
            rule = new GroupRule(pattern);
        return rule is not null;
    }

    /// <summary>True for a user of the domain if the rule is about the domain.</summary>
    public bool CoversDomainOf(Address group, Address who) =>
        IsDomain && !who.IsDomain && who.Domain.Equals(group.Domain);

    public override string ToString() => Interest is { } pattern ? $"{InterestPrefix}{pattern}" : DomainWord;
}
