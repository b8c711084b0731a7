using System.Reflection;
using Presence.Grains.Users;

namespace Presence.Grains.Tests.Storage;

/// <summary>
/// Stores keep state as JSON, which gives an address or a message of the model back empty. So whatever is stored is made of
/// texts, numbers and records of their own.
/// </summary>
public sealed class RecordShapeTests
{
    private static readonly Assembly Grains = typeof(RequestRecord).Assembly;

    private static readonly HashSet<Type> Plain =
        [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(byte[])];

    [Fact]
    public void What_is_stored_is_made_of_texts_numbers_and_records()
    {
        var records = Grains.GetTypes().Where(type => type.IsClass)
            .SelectMany(type => type.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>() is not null)
            .Select(parameter => parameter.ParameterType.GetGenericArguments()[0]).ToHashSet();
        Assert.Contains(typeof(RequestRecord), records);

        HashSet<Type> seen = [];
        Assert.Empty(records.SelectMany(record => Strange(record, seen)).Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Strange(Type record, HashSet<Type> seen)
    {
        if (!seen.Add(record))
            return [];
        return record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)
            .SelectMany(property => Parts(property.PropertyType).SelectMany(part =>
                Plain.Contains(part) || part.IsEnum ? []
                : part.Assembly == Grains ? Strange(part, seen)
                : [$"{record.Name}.{property.Name}: {part.Name}"]));
    }

    private static IEnumerable<Type> Parts(Type type) =>
        Nullable.GetUnderlyingType(type) is { } some ? Parts(some)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : [type];
}
