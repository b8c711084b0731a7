namespace Presence.Storage.Sqlite.Tests;

public interface INoteGrain : IGrainWithStringKey
{
    /// <summary>Differs from activation to activation.</summary>
    Task<Guid> Activation();

    Task<string> Read();

    Task Write(string text);

    Task Clear();
}
