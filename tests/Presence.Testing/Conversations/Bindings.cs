namespace Presence.Testing.Conversations;

/// <summary>Values of `$name` so far. A pattern that fails half-way must leave nothing behind: see Branch.</summary>
internal sealed class Bindings
{
    private Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    public void Bind(string name, string value) => _values[name] = value;

    public Bindings Branch() => new() { _values = new(_values, StringComparer.Ordinal) };

    public void Adopt(Bindings branch) => _values = branch._values;

    public override string ToString() => string.Join(", ", _values.Select(pair => $"${pair.Key} = {pair.Value}"));
}
