using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Presence.Protocol.Framing;

/// <summary>
/// The parameters of a line in the order received, each name once. Look-ups are linear: a line has at most 32.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "The grammar calls them parameters.")]
public readonly struct Parameters : IReadOnlyList<Parameter>, IEquatable<Parameters>
{
    private readonly Parameter[]? _items;

    internal Parameters(Parameter[] items) => _items = items;

    public int Count => _items?.Length ?? 0;

    private ReadOnlySpan<Parameter> Items => _items;

    public Parameter this[int index] => Items[index];

    /// <summary>The decoded value, or null without such a parameter; <c>note=</c> gives an empty string.</summary>
    public string? this[string name] => TryGet(name, out var value) ? value : null;

    /// <summary>False, with an empty value, without such a parameter.</summary>
    public bool TryGet(string name, out string value)
    {
        foreach (ref readonly var item in Items)
        {
            if (item.Name == name)
            {
                value = item.Value;
                return true;
            }
        }

        value = "";
        return false;
    }

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>
    /// The name of the first critical parameter that is not among <paramref name="known"/>, for the answer
    /// <c>420 bad-extension param=</c>; null if there is none (docs/protocol, section 2.13).
    /// </summary>
    public string? FirstCriticalNotIn(ReadOnlySpan<string> known)
    {
        foreach (ref readonly var item in Items)
        {
            if (item.IsCritical && !known.Contains(item.Name))
                return item.Name;
        }

        return null;
    }

    public ReadOnlySpan<Parameter>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<Parameter> IEnumerable<Parameter>.GetEnumerator() =>
        ((IEnumerable<Parameter>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    /// <summary>Same parameters in the same order.</summary>
    public bool Equals(Parameters other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is Parameters other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ref readonly var item in Items)
            hash.Add(item);

        return hash.ToHashCode();
    }

    public static bool operator ==(Parameters left, Parameters right) => left.Equals(right);

    public static bool operator !=(Parameters left, Parameters right) => !left.Equals(right);
}
