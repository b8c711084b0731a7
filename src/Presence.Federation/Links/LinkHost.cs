using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Federation.Dialing;
using Presence.Federation.Inbound;
using Presence.Federation.Peers;
using Presence.Model.Addresses;
using Presence.Sessions;

namespace Presence.Federation.Links;

/// <summary>All links that this gateway holds, and the clock tick that watches over them.</summary>
internal sealed partial class LinkHost(
    IGrainFactory grains,
    IPeerDialer dialer,
    PeerPolicies policies,
    InboundFrames inbound,
    LinkClaims claims,
    PeerConduct conduct,
    PrincipalQuotas quotas,
    HostedDomains hosted,
    PresenceClock clock,
    IOptions<PeerLinkOptions> options,
    ILogger<PeerLink> linkLogger,
    ILogger<LinkHost> logger) : IHostedService
{
    private const int TicksPerReport = 5;

    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DomainPair, PeerLink> _links = new();
    private readonly ConcurrentDictionary<LinkConnection, Task> _serving = new();
    private IPeerGateway? _reference;
    private PeerGatewayObserver? _observer;
    private ITimer? _tick;
    private int _ticks;

    /// <summary>Name of this gateway among those that hold links; a restarted one is another.</summary>
    public string Name { get; } = $"peers-{Guid.NewGuid():N}"[..14];

    public PresenceClock Clock { get; } = clock;

    public IPeerDialer Dialer { get; } = dialer;

    public PeerLinkOptions Options { get; } = options.Value;

    public HostedDomains Hosted { get; } = hosted;

    public PeerPolicies Policies { get; } = policies;

    public LinkClaims Claims { get; } = claims;

    public PeerConduct Conduct { get; } = conduct;

    public PrincipalQuotas Quotas { get; } = quotas;

    public IPeerDomainGrain GrainOf(DomainPair pair) => grains.GetPeerDomain(pair);

    public PeerLink Of(DomainPair pair) => _links.GetOrAdd(pair, added => new PeerLink(added, this, linkLogger));

    /// <summary>The links to a domain, from whichever of ours.</summary>
    public IEnumerable<PeerLink> To(Domain remote) => _links.Values.Where(link => link.Pair.Remote == remote);

    public PeerLink? Find(DomainPair pair) => _links.GetValueOrDefault(pair);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Policies.IsOn)
            return;
        _observer = new PeerGatewayObserver(this);
        _reference = grains.CreateObjectReference<IPeerGateway>(_observer);
        await grains.GetPeerGateways().Renew(Name, _reference);
        Policies.Changed += OnPolicyChanged;
        _tick = Clock.Time.CreateTimer(_ => Tick(), null, TickEvery, TickEvery);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_reference is not { } reference)
            return;
        Policies.Changed -= OnPolicyChanged;
        _tick?.Dispose();
        await grains.GetPeerGateways().Leave(Name);
        foreach (var link in _links.Values)
            link.Release("going-down");
        var ending = _serving.Values.Concat(_links.Values.Select(link => link.Stopped));
        try
        {
            await Task.WhenAll(ending).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCut(logger, _serving.Count);
        }

        foreach (var link in _links.Values)
            link.Dispose();
        grains.DeleteObjectReference<IPeerGateway>(reference);
    }

    /// <summary>The condition of a link has changed: its grain is told at once.</summary>
    public void Changed(PeerLink link) => _ = Report(link);

    public void Release(DomainPair pair, string reason)
    {
        if (_links.TryRemove(pair, out var link))
            link.Release(reason);
    }

    /// <summary>Looks at the time for a connection that belongs to no link yet, until disposed.</summary>
    public ITimer Watch(LinkConnection connection) =>
        Clock.Time.CreateTimer(_ => connection.Tick(), null, TickEvery, TickEvery);

    public void Torn(LinkConnection connection, Exception why) =>
        LogTorn(logger, $"{connection.Peer.Local}>{connection.Remote}", why.Message);

    /// <summary>Speaks the first words on a connection of ours, then serves it. Gives why it is of no use, or null.</summary>
    public async Task<DialFailure?> Open(PeerLink link, PeerConnection opened)
    {
        var connection = new LinkConnection(opened, Options, Clock.Time) { Remote = link.Pair.Remote };
        var greeted = await LinkOpening.Open(connection, link, this);
        Dialer.Report(opened, greeted.DownFor);
        if (greeted.Session is not { } session)
        {
            await connection.Close();
            return greeted.Failure;
        }

        link.Attach(connection, session);
        _ = Serve(connection, session, link);
        return null;
    }

    /// <summary>Frames both ways until the connection is over. Never throws.</summary>
    public async Task Serve(LinkConnection connection, LinkSession session, PeerLink link)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _serving[connection] = ended.Task;
        try
        {
            await new LinkTraffic(connection, session, link, inbound, Claims, Conduct, Options, Clock.Time).Run();
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException or InvalidOperationException)
        {
            LogTorn(logger, link.Pair.ToString(), torn.Message);
        }
        catch (Exception exception)
        {
            // The edge: a bug must cost this connection only, and must be seen.
            LogFailed(logger, link.Pair.ToString(), exception);
        }

        link.Detach(connection, session);
        await Finish(connection);
        _serving.TryRemove(connection, out _);
        ended.SetResult();
    }

    private async Task Finish(LinkConnection connection)
    {
        try
        {
            await connection.Close();
        }
        catch (Exception torn) when (torn is IOException or ObjectDisposedException or InvalidOperationException)
        {
            LogTorn(logger, connection.Remote.ToString(), torn.Message);
        }
    }

    private void OnPolicyChanged(object? sender, EventArgs change)
    {
        foreach (var pair in _links.Keys.Where(pair => !Policies.Of(pair.Remote).IsAllowed))
            Release(pair, "replaced");
    }

    private void Tick()
    {
        var reports = ++_ticks % TicksPerReport == 0;
        foreach (var link in _links.Values)
        {
            link.Tick();
            if (reports)
                _ = Report(link);
        }

        if (reports)
            _ = Renew();
    }

    private async Task Report(PeerLink link)
    {
        try
        {
            if (_reference is { } reference && !await GrainOf(link.Pair).Report(Name, reference, link.Report()))
                Release(link.Pair, "replaced");
        }
        catch (Exception exception)
        {
            // The edge: told again in a few seconds; if the silo is away for longer the lease lapses, as it should.
            LogReportFailed(logger, link.Pair.ToString(), exception);
        }
    }

    private async Task Renew()
    {
        try
        {
            await grains.GetPeerGateways().Renew(Name, _reference!);
        }
        catch (Exception exception)
        {
            LogReportFailed(logger, Name, exception);
        }
    }

    [LoggerMessage(2062, LogLevel.Debug, "The link {Pair} was torn: {Why}")]
    private static partial void LogTorn(ILogger logger, string pair, string why);

    [LoggerMessage(2063, LogLevel.Error, "The link {Pair} failed.")]
    private static partial void LogFailed(ILogger logger, string pair, Exception exception);

    [LoggerMessage(2064, LogLevel.Warning, "The condition of link {Pair} could not be told to its grain.")]
    private static partial void LogReportFailed(ILogger logger, string pair, Exception exception);

    [LoggerMessage(2065, LogLevel.Warning, "{Count} links did not end in time and are cut.")]
    private static partial void LogCut(ILogger logger, int count);
}
