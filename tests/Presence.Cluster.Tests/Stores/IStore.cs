namespace Presence.Cluster.Tests.Stores;

/// <summary>A database server of this machine, started for one test.</summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>As in <c>Presence:Cluster:Store</c>.</summary>
    string Kind { get; }

    string Connection { get; }

    Task Start();

    /// <summary>Stops it as an operator would and starts it again.</summary>
    Task Restart();
}
