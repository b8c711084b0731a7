using System.Runtime;

namespace Presence.Gateway.Hosting;

/// <summary>When garbage of this process is collected. Source: decision 0103.</summary>
internal static class Collecting
{
    // What .NET reads itself: who has set it has chosen.
    private const string Choice = "DOTNET_gcConcurrent";

    /// <summary>
    /// On one core nothing is collected beside the threads that work: there is no other core to do it on, and what works meanwhile
    /// pays for it (a fifth of <c>bench storm</c>). On two and more all stays as it is.
    /// </summary>
    /// <param name="cores">That this process may use.</param>
    public static void AtOnceOnOneCore(int cores)
    {
        if (cores == 1 && Environment.GetEnvironmentVariable(Choice) is null)
            GCSettings.LatencyMode = GCLatencyMode.Batch;
    }
}
