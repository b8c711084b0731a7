namespace Presence.Locating.Dns;

/// <summary>Follows CNAMEs, within an answer and over several.</summary>
internal sealed class AliasChain(string name, int most)
{
    private readonly HashSet<string> _seen = [name];
    private uint _timeToLive = int.MaxValue;

    /// <summary>The name that the records have which are wanted.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Follows what the message tells; true if that leads to another name.</summary>
    /// <exception cref="DnsFormatException">The chain is too long, or a circle.</exception>
    public bool Follow(DnsMessage message)
    {
        var start = Name;
        while (message.Answers.FirstOrDefault(IsNext) is { Owner: not null } alias)
        {
            Name = message.AliasOf(alias);
            _timeToLive = Math.Min(_timeToLive, alias.TimeToLive);
            if (!_seen.Add(Name) || _seen.Count > most + 1)
                throw new DnsFormatException("its chain of aliases does not end");
        }

        return Name != start;
    }

    /// <summary>How long the records may be kept, and the way to them.</summary>
    public TimeSpan Within(IEnumerable<DnsRecord> records) =>
        TimeSpan.FromSeconds(Math.Min(_timeToLive, records.Min(record => record.TimeToLive)));

    private bool IsNext(DnsRecord record) => record.Type == RecordType.Alias && record.Owner == Name;
}
