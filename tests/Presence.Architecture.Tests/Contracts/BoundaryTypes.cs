using System.Reflection;
using Presence.Contracts;

namespace Presence.Architecture.Tests.Contracts;

/// <summary>What crosses from one grain, or gateway, to another, found by following the contracts.</summary>
internal static class BoundaryTypes
{
    /// <summary>What is written in the project of the contracts, without what is generated.</summary>
    public static IReadOnlyList<Type> Own { get; } =
    [
        .. typeof(NodeKey).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true),
    ];

    /// <summary>Interfaces of grains and observers.</summary>
    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. Own.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))];

    public static IReadOnlyList<MethodInfo> Methods { get; } = [.. Interfaces.SelectMany(type => type.GetMethods())];

    /// <summary>Surrogate of each type that has a registered converter.</summary>
    public static IReadOnlyDictionary<Type, Type> Surrogates { get; } = Own
        .Where(type => type.IsDefined(typeof(RegisterConverterAttribute)))
        .SelectMany(type => type.GetInterfaces())
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConverter<,>))
        .ToDictionary(type => type.GenericTypeArguments[0], type => type.GenericTypeArguments[1]);

    /// <summary>What a signature of a contract says as it stands, such as <c>ImmutableArray&lt;Property&gt;</c>.</summary>
    public static IReadOnlyCollection<Type> InSignatures { get; } =
    [
        .. Methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Concat(method.ReturnType.GenericTypeArguments))
            .Concat(Own.Where(IsSerialized))
            .Where(type => !type.IsAbstract || !type.IsClass)
            .Distinct(),
    ];

    /// <summary>
    /// Types of this solution that cross, and those that they hold: from signatures, from streams, and from whatever says
    /// that it is serialised.
    /// </summary>
    public static IReadOnlyCollection<Type> All { get; } = Collect();

    public static bool IsSerialized(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>Fields that a generated serializer must know, by the name and attributes of what declares them.</summary>
    public static IEnumerable<MemberInfo> Members(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
            return [];
        return
            from field in type.GetFields(Declared)
            where !field.IsDefined(typeof(NonSerializedAttribute))
            select field.Name[0] == '<'
                ? type.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], Declared)!
                : (MemberInfo)field;
    }

    public static Type TypeOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static HashSet<Type> Collect()
    {
        var found = new HashSet<Type>();
        var ahead = new Stack<Type>(InSignatures.Concat(Own.Where(IsSerialized)));
        while (ahead.TryPop(out var type))
        {
            foreach (var part in PartsOf(type).Where(found.Add))
                ahead.Push(part);
            if (!IsOfTheSolution(type) || type.IsAssignableTo(typeof(IAddressable)))
                continue;
            found.Add(type);
            foreach (var next in Next(type).Where(next => !found.Contains(next)))
                ahead.Push(next);
        }

        found.RemoveWhere(type => !IsOfTheSolution(type) || type.IsAssignableTo(typeof(IAddressable)));
        return found;
    }

    private static Type[] PartsOf(Type type) =>
        type.HasElementType ? [type.GetElementType()!] : type.GenericTypeArguments;

    private static IEnumerable<Type> Next(Type type) => Surrogates.TryGetValue(type, out var surrogate)
        ? [surrogate]
        : Members(type).Select(TypeOf).Concat(Own.Where(heir => heir.BaseType == type));

    private static bool IsOfTheSolution(Type type) =>
        type.Namespace?.StartsWith("Presence.", StringComparison.Ordinal) == true && !type.IsGenericParameter;
}
