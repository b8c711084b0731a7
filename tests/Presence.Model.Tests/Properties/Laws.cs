using FsCheck;

namespace Presence.Model.Tests.Properties;

/// <summary>How the laws of the rules are tried: always on the same cases, so that a failure comes again.</summary>
internal static class Laws
{
    public static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(20261122UL, 7UL);
}
