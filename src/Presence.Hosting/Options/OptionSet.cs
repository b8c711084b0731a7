using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Presence.Hosting.Options;

/// <summary>Every key below <c>Presence:</c> that a process knows. What is not in here is taken for a typing error.</summary>
public sealed class OptionSet(IReadOnlyList<OptionKey> keys)
{
    private const string Root = "Presence";

    private readonly Dictionary<string, OptionKey> _byKey =
        keys.ToDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>What stands before a name of the operator's choice, which a key has <c>*</c> for.</summary>
    private readonly string[] _named =
        [.. keys.Where(option => option.Key.Contains('*')).Select(option => option.Key.Split('*')[0]).Distinct()];

    public IReadOnlyList<OptionKey> Keys { get; } = keys;

    /// <summary>Null if there is no such key. An index in it counts as <c>#</c>, a name as <c>*</c>.</summary>
    public OptionKey? Find(string key)
    {
        key = WithoutName(key);
        var colon = key.LastIndexOf(':');
        var isIndexed = int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return _byKey.GetValueOrDefault(isIndexed ? $"{key[..colon]}:#" : key);
    }

    /// <exception cref="StartRefusedException">A key is unknown or a value is not good.</exception>
    public void Check(IConfiguration configuration)
    {
        foreach (var (key, value) in Leaves(configuration.GetSection(Root)))
        {
            if (Find(key) is not { } option)
                throw StartRefusedException.About(key, Shown(key, value), $"there is no such key{Hint(key)}");
            if (option.Rule.Fault(value) is { } fault)
                throw StartRefusedException.About(option.Key.Replace("#", Index(key), StringComparison.Ordinal),
                    option.IsSecret ? "(hidden)" : value, fault);
        }
    }

    /// <summary>A misspelt key of a secret must not print it.</summary>
    private static string Shown(string key, string value) =>
        key.Contains("connection", StringComparison.OrdinalIgnoreCase) || value.Contains("password", StringComparison.OrdinalIgnoreCase)
            ? "(hidden)"
            : value;

    private static IEnumerable<(string Key, string Value)> Leaves(IConfigurationSection section) =>
        section.AsEnumerable()
            .Where(pair => pair.Value is not null && pair.Key != Root)
            .Select(pair => (pair.Key, pair.Value!))
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private string WithoutName(string key)
    {
        var before = _named.FirstOrDefault(named => key.StartsWith(named, StringComparison.OrdinalIgnoreCase));
        var end = before is null ? -1 : key.IndexOf(':', before.Length);
        return end < 0 ? key : $"{before}*{key[end..]}";
    }

    private static string Index(string key) => key[(key.LastIndexOf(':') + 1)..];

    private string Hint(string key)
    {
        var section = key[..key.LastIndexOf(':')];
        var known = Keys
            .Where(option => option.Key.StartsWith(section + ':', StringComparison.OrdinalIgnoreCase))
            .Select(option => option.Key[(section.Length + 1)..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return known.Length == 0 ? "; --describe-options lists all" : $"; below {section}: {string.Join(", ", known)}";
    }
}
