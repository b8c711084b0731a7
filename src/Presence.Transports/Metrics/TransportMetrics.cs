using System.Diagnostics.Metrics;

namespace Presence.Transports.Metrics;

/// <summary>What the ends of this node count (docs/operations/metrics.md). No label names an address.</summary>
public sealed class TransportMetrics
{
    /// <summary>Name of the meter, for whoever exports it.</summary>
    public const string MeterName = "Presence.Transports";

    private readonly Counter<long> _opened;
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _datagrams;

    public TransportMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var meter = factory.Create(MeterName);
        _opened = meter.CreateCounter<long>(
            "presence.transports.connections", "{connection}", "Connections that reached the sessions, by transport.");
        _open = meter.CreateUpDownCounter<long>(
            "presence.transports.connections.open", "{connection}", "Those of them that are open.");
        _handshakes = meter.CreateCounter<long>(
            "presence.transports.handshakes", "{handshake}", "TLS handshakes, by outcome.");
        _refusals = meter.CreateCounter<long>(
            "presence.transports.refusals", "{refusal}", "What a limit has refused, by limit.");
        _datagrams = meter.CreateCounter<long>(
            "presence.transports.datagrams", "{datagram}", "Datagrams received, by outcome.");
    }

    /// <summary>Counts a connection; dispose it at its end.</summary>
    internal Open Opened(string transport) => new(this, transport);

    internal void ShookHands(string outcome) => _handshakes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));

    internal void Datagram(bool isTaken) =>
        _datagrams.Add(1, new KeyValuePair<string, object?>("outcome", isTaken ? "taken" : "dropped"));

    /// <summary>One open connection.</summary>
    internal readonly struct Open : IDisposable
    {
        private readonly TransportMetrics _metrics;
        private readonly KeyValuePair<string, object?> _transport;

        public Open(TransportMetrics metrics, string transport)
        {
            _metrics = metrics;
            _transport = new("transport", transport);
            metrics._opened.Add(1, _transport);
            metrics._open.Add(1, _transport);
        }

        public void Dispose() => _metrics._open.Add(-1, _transport);
    }
}
