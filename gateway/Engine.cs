using System.Reflection;

namespace Presence.Gateway;

/// <summary>What this process is and what it runs on.</summary>
internal static class Engine
{
    public static readonly string Product = $"Presence.Orleans {VersionOf(typeof(Engine).Assembly)}";

    /// <summary>Read from the assembly that is loaded, so that it cannot be wrong.</summary>
    public static readonly string Name = $"Microsoft Orleans {VersionOf(typeof(IGrain).Assembly)}";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+', ' ')[0].TrimEnd('.')
        ?? assembly.GetName().Version?.ToString(3)
        ?? "unknown";
}
