namespace Presence.Soak.Wire;

/// <summary>A user of the run.</summary>
internal sealed record Account(string Name, string Password, string Domain)
{
    public string Address => $"{Name}@{Domain}";
}
