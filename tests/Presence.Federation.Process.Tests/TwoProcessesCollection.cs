using Presence.Federation.Process.Tests.Node;

namespace Presence.Federation.Process.Tests;

/// <summary>All tests of this project share two processes and run one after the other.</summary>
[CollectionDefinition("two processes")]
public sealed class TwoProcessesCollection : ICollectionFixture<TwoProcesses>;
