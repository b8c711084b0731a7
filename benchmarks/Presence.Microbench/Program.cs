using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Presence.Microbench;

// In this process: what is measured is what was built, and nothing is built or restored for it.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));

// The rest is BenchmarkDotNet's own command line: --filter '*Frame*', --list flat.
BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args, config);
