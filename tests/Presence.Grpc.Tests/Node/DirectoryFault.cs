using Presence.Contracts.Accounts;

namespace Presence.Grpc.Tests.Node;

/// <summary>What every call to the list of accounts fails with, while there is one: a silo that does not answer, as its callers feel it.</summary>
public sealed class DirectoryFault : IIncomingGrainCallFilter
{
    /// <summary>Null: the list works.</summary>
    public Exception? Fault { get; set; }

    public Task Invoke(IIncomingGrainCallContext context) =>
        Fault is { } fault && context.Grain is IDirectoryGrain ? Task.FromException(fault) : context.Invoke();
}
