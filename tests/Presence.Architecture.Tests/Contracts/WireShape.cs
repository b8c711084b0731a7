using System.Globalization;
using System.Reflection;

namespace Presence.Architecture.Tests.Contracts;

/// <summary>All that processes of this service say to each other, one line for each method, member and number.</summary>
internal static class WireShape
{
    public static IReadOnlyList<string> Lines { get; } =
    [
        .. BoundaryTypes.Methods.Select(Of)
            .Concat(BoundaryTypes.All.Where(type => type.IsEnum).SelectMany(Numbers))
            .Concat(BoundaryTypes.All.Where(BoundaryTypes.IsSerialized).SelectMany(Members))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static string Of(MethodInfo method) =>
        $"{NameOf(method.DeclaringType!)}.{AliasOf(method)}"
        + $"({string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))})"
        + $" {string.Concat(method.ReturnType.GenericTypeArguments.Select(NameOf))}".TrimEnd();

    private static IEnumerable<string> Members(Type type) =>
        from member in BoundaryTypes.Members(type)
        let id = member.GetCustomAttribute<IdAttribute>()
        where id is not null
        select string.Create(
            CultureInfo.InvariantCulture, $"{NameOf(type)} {id.Id} {NameOf(BoundaryTypes.TypeOf(member))}");

    private static IEnumerable<string> Numbers(Type type) => Enum.GetNames(type).Select(name => string.Create(
        CultureInfo.InvariantCulture, $"{NameOf(type)} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)} {name}"));

    private static string NameOf(Type type) => AliasOf(type)
        ?? (Nullable.GetUnderlyingType(type) is { } value ? $"{NameOf(value)}?"
            : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>"
            : type.Name);

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;
}
