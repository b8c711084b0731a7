using System.Security.Cryptography;

namespace Presence.Client.Lasting;

/// <summary>
/// How long to wait before an attempt to connect: a random time up to a ceiling that doubles with each failure ("full
/// jitter"), so that the clients of a node that comes back do not all come at once.
/// </summary>
/// <param name="first">Ceiling of the first wait.</param>
/// <param name="longest">Ceiling of all.</param>
internal sealed class ReconnectPace(TimeSpan first, TimeSpan longest)
{
    private const int Grain = 1 << 20;

    /// <param name="failures">Attempts that failed since the connection was lost, from 0.</param>
    /// <param name="atLeast">What the server asked for.</param>
    /// <param name="share">From 0 to 1: where between nothing and the ceiling; null draws it.</param>
    public TimeSpan Before(int failures, TimeSpan atLeast, double? share = null)
    {
        var ceiling = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(failures, 30)), longest.TotalSeconds);
        var drawn = share ?? (double)RandomNumberGenerator.GetInt32(Grain + 1) / Grain;
        return atLeast + TimeSpan.FromSeconds(ceiling * drawn);
    }
}
