using Presence.Model.Groups;

namespace Presence.Contracts.Serialization;

[GenerateSerializer, Alias("presence.m.class-pattern")]
internal struct ClassPatternSurrogate
{
    [Id(0)] public string Text;
}

[RegisterConverter]
internal sealed class ClassPatternConverter : IConverter<ClassPattern, ClassPatternSurrogate>
{
    public ClassPattern ConvertFromSurrogate(in ClassPatternSurrogate surrogate) =>
        ClassPattern.TryParse(surrogate.Text, out var pattern) ? pattern : default;

    public ClassPatternSurrogate ConvertToSurrogate(in ClassPattern value) => new() { Text = value.ToString() };
}

[GenerateSerializer, Alias("presence.m.group-policy")]
internal struct GroupPolicySurrogate
{
    [Id(0)] public JoinPolicy Join;
    [Id(1)] public Audience Send;
    [Id(2)] public Audience List;
    [Id(3)] public bool IsAnonymous;
    [Id(4)] public string? Rule;
    [Id(5)] public int? MaxMembers;
}

[RegisterConverter]
internal sealed class GroupPolicyConverter : IConverter<GroupPolicy, GroupPolicySurrogate>
{
    public GroupPolicy ConvertFromSurrogate(in GroupPolicySurrogate s) => new(
        s.Join, s.Send, s.List, s.IsAnonymous,
        s.Rule is { } text && GroupRule.TryParse(text, out var rule) ? rule : null,
        s.MaxMembers);

    public GroupPolicySurrogate ConvertToSurrogate(in GroupPolicy value) => new()
    {
        Join = value.Join,
        Send = value.Send,
        List = value.List,
        IsAnonymous = value.IsAnonymous,
        Rule = value.Rule?.ToString(),
        MaxMembers = value.MaxMembers,
    };
}
