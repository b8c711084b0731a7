namespace Presence.Storage.Sqlite.Tests;

/// <summary>A small state, with a default that a fresh instance shows.</summary>
[GenerateSerializer]
public sealed record Note
{
    [Id(0)]
    public string Text { get; set; } = "fresh";

    [Id(1)]
    public int Number { get; set; }
}
