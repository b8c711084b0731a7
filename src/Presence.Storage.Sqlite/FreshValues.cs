using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace Presence.Storage.Sqlite;

/// <summary>
/// Leaves out of JSON what a fresh state has anyway: empty lists, first texts. A reader begins with a fresh state, so it reads the
/// same. What is the default of its type is left out already, unless a fresh state has something else.
/// </summary>
internal static class FreshValues
{
    public static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.CreateObject?.Invoke() is not { } fresh)
            return;
        foreach (var property in type.Properties)
        {
            switch (property.Get?.Invoke(fresh))
            {
                case "":
                    property.ShouldSerialize = (_, value) => value is not string { Length: 0 };
                    break;
                case string first:
                    property.ShouldSerialize = (_, value) => !first.Equals(value as string, StringComparison.Ordinal);
                    break;
                case ICollection { Count: 0 }:
                    property.ShouldSerialize = (_, value) => value is not ICollection { Count: 0 };
                    break;
                case ValueType first when !first.Equals(DefaultOf(property.PropertyType)):
                    property.ShouldSerialize = (_, value) => !first.Equals(value);
                    break;
                case { } and not ValueType:
                    // What it holds is not looked at; but null is not what a fresh state has.
                    property.ShouldSerialize = (_, _) => true;
                    break;
            }
        }
    }

    private static object? DefaultOf(Type type) =>
        Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
}
