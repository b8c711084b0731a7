using Presence.Federation.Peers;
using Presence.Locating;
using Presence.Model.Addresses;
using Presence.Sessions;

namespace Presence.Federation.Dialing;

/// <summary>Finds the servers of a domain and tries them one after the other, those that failed of late last.</summary>
internal sealed class PeerDialer(
    PeerPolicies policies, HostedDomains hosted, ServerLocator locator, TargetHealth health, TlsConnector connector,
    TimeProvider time) : IPeerDialer
{
    /// <summary>Time for the whole: 30 s.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private readonly UnprovenDomains _unproven = new(time);

    /// <inheritdoc/>
    public async Task<DialOutcome> Dial(Domain from, Domain to, CancellationToken cancellationToken)
    {
        if (hosted.Contains(to))
            return DialOutcome.Of(DialFailure.NoService($"{to} is hosted here"));
        var policy = policies.Of(to);
        if (!policy.IsAllowed)
            return DialOutcome.Of(DialFailure.NoService($"{to} is not to be spoken with"));
        if (_unproven.Find(to) is { } known)
            return DialOutcome.Of(known);
        using var budget = new CancellationTokenSource(Budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        var outcome = await Try(from, to, policy, both.Token, cancellationToken);
        if (outcome.Failure is { IsUnverified: true } failure)
            _unproven.Add(to, failure);
        return outcome;
    }

    /// <inheritdoc/>
    public void Report(PeerConnection connection, TimeSpan? downFor)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Server is not { } server)
            return;
        if (downFor is null)
            health.Succeeded(server);
        else
            health.Failed(server, downFor);
    }

    private async Task<DialOutcome> Try(
        Domain from, Domain to, PeerPolicy policy, CancellationToken inTime, CancellationToken cancellationToken)
    {
        var failure = DialFailure.Timeout($"{to} was not found within {Budget.TotalSeconds} s");
        try
        {
            var located = policy.Address is { } address
                ? Located.At([address])
                : await locator.Locate(to, PipService.Server, inTime);
            if (located.Outcome != LocateOutcome.Found)
                return DialOutcome.Of(located.Outcome == LocateOutcome.NoService
                    ? DialFailure.NoService(located.Why)
                    : DialFailure.Timeout(located.Why));
            foreach (var server in health.InOrder(located.Servers))
            {
                var outcome = await connector.Connect(from, to, server, inTime);
                if (outcome.Failure is null)
                    return outcome;
                health.Failed(server);
                // That one could not prove itself says more than that another is silent.
                failure = failure.IsUnverified ? failure : outcome.Failure;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over: what is known of the servers tried so far is the answer.
        }

        return DialOutcome.Of(failure);
    }
}
