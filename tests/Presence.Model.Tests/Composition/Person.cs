using System.Collections.Immutable;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Composition;

/// <summary>A user as a grain keeps one: what is written, what is shown, and what watchers were told last.</summary>
internal sealed class Person
{
    private readonly Dictionary<string, int> _priorities = new(StringComparer.Ordinal);

    public DateTimeOffset Now { get; private set; } = Node.Noon;

    public NodeProperties Properties { get; private set; } = NodeProperties.Empty;

    public PresenceView View { get; private set; } = PresenceView.Unseen;

    /// <summary>Deltas of the last step, at user level.</summary>
    public ImmutableArray<PropertyDelta> Deltas { get; private set; } = [];

    public string[] Told => Deltas.Told();

    public Property Status => View.Shown[StandardPaths.Status];

    public Property? Shown(string path) => View.Shown.GetValueOrDefault(Node.Path(path));

    public void Prefer(string endpoint, int priority) => _priorities[endpoint] = priority;

    public long Write(params PropertyChange[] changes)
    {
        var outcome = Properties.Apply(Now, changes);
        Assert.Null(outcome.Refusal);
        Take(outcome);
        return outcome.Properties.Version;
    }

    public void Lose(string endpoint) => Take(Properties.ForgetEndpoint(endpoint, Now));

    /// <summary>Time passes, then leases end and the composition is done again.</summary>
    public void Wait(TimeSpan time, string? why = null)
    {
        Now += time;
        Take(Properties.EndLeases(Now), why);
    }

    private void Take(PropertyOutcome outcome, string? why = null) =>
        (View, Properties, Deltas) = View.Recompose(outcome.Properties, _priorities, Now, why);
}
