namespace Presence.Testing.Conversations;

/// <summary>
/// Who is connected and which variables have a value at some line of the story, as far as can be read off it.
/// </summary>
internal sealed class StoryLedger
{
    private readonly Dictionary<string, ConnectionLedger> _connections = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly List<Account> _users = [];

    public IReadOnlyList<Account> Users => _users;

    /// <exception cref="FormatException">The actor has no open connection.</exception>
    public ConnectionLedger this[string actor] => _connections.TryGetValue(actor, out var connection)
        ? connection
        : throw new FormatException($"{actor} has no connection here");

    public void Connect(string actor) => _connections[actor] = new ConnectionLedger();

    public void ConnectIfNeeded(string actor)
    {
        if (!_connections.ContainsKey(actor))
            Connect(actor);
    }

    public void Disconnect(string actor)
    {
        if (!_connections.Remove(actor))
            throw new FormatException($"{actor} has no connection here");
    }

    /// <summary>Notes the variables of an expected line.</summary>
    public void Binds(string text) => _variables.UnionWith(Variable.Names(text));

    /// <exception cref="FormatException">A variable of a sent line has no value yet.</exception>
    public void Uses(string text)
    {
        foreach (var name in Variable.Names(text).Where(name => !_variables.Contains(name)))
            throw new FormatException($"${name} has no value here; write %24 for a dollar sign");
    }

    public void AddUser(Account user) => _users.Add(user);

    /// <summary>`alice`, `alice2` and `alice/phone` are all connections of the user alice.</summary>
    /// <exception cref="FormatException">There is no such user.</exception>
    public Account UserOf(string actor)
    {
        var name = actor.Split('/')[0];
        return Find(name) ?? Find(name.TrimEnd("0123456789".ToCharArray()))
            ?? throw new FormatException($"{name} is not among @users");
    }

    private Account? Find(string name) => _users.Find(user => user.Local.Split('@')[0] == name);
}
