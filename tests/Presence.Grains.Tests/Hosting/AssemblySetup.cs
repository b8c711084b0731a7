using Presence.Grains.Tests.Hosting;

// One silo for all, since it costs seconds; one test at a time, since each moves the one clock of presence.
[assembly: AssemblyFixture(typeof(SharedSilo))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
