using System.Collections.Immutable;

namespace Presence.Soak.Histories;

/// <summary>A session, from BIND to its end, over all its connections.</summary>
/// <param name="Asked">When BIND was sent.</param>
/// <param name="Bound">When BIND was answered.</param>
/// <param name="Ended">When it could not be resumed any more at the latest; <see cref="long.MaxValue"/> if it lives.</param>
/// <param name="Connected">From the answer to BIND or RESUME until the client cut, or last heard the server.</param>
internal sealed record Sitting(int Number, string Show, long Asked, long Bound, long Ended, ImmutableList<Span> Connected)
{
    public bool IsLast => Ended == long.MaxValue;

    /// <summary>True if it certainly had a connection all the time.</summary>
    public bool WasConnected(long from, long to) => Connected.Any(span => span.From <= from && to <= span.To);
}

/// <summary>A stretch of time, in ticks of 100 ns since the run began.</summary>
internal readonly record struct Span(long From, long To);
