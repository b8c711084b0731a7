using Presence.Model.Addresses;

namespace Presence.Sessions.Delivery;

/// <summary>
/// What was told for one subscription, by property. Most subscriptions tell of a single one, which stands here; only for more
/// there is a table (<c>bench storm</c>).
/// </summary>
internal struct ToldValues
{
    private Told? _first;
    private Dictionary<PropertyPath, Told>? _others;

    public readonly IEnumerable<Told> All => _first is null ? [] : [_first, .. _others?.Values ?? Enumerable.Empty<Told>()];

    public readonly Told? Find(PropertyPath path) =>
        _first?.Path == path ? _first : _others?.GetValueOrDefault(path);

    /// <summary>Only what is not there.</summary>
    public void Add(Told told)
    {
        if (_first is null)
            _first = told;
        else
            (_others ??= [])[told.Path] = told;
    }
}
