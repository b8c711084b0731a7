using System.Net;
using System.Net.Sockets;
using Presence.Model.Locating;

namespace Presence.Locating.Dns;

/// <summary>
/// A stub resolver (RFC 1035): asks recursive servers over UDP, over TCP when an answer does not fit, follows CNAMEs.
/// It keeps nothing; <see cref="CachingResolver"/> does.
/// </summary>
public sealed class DnsResolver(DnsOptions options, TimeProvider time) : IDnsResolver
{
    /// <summary>CNAMEs followed from one name: 8.</summary>
    public const int MaxAliases = 8;

    /// <inheritdoc/>
    public Task<DnsAnswer<SrvRecord>> FindServices(string name, CancellationToken cancellationToken) =>
        Find(new DnsQuestion(name, RecordType.Service), (message, record) => message.ServiceOf(record), cancellationToken);

    /// <inheritdoc/>
    public Task<DnsAnswer<IPAddress>> FindAddresses(
        string host, AddressFamily family, CancellationToken cancellationToken)
    {
        var type = family == AddressFamily.InterNetworkV6 ? RecordType.Aaaa : RecordType.A;
        return Find(new DnsQuestion(host, type), (message, record) => message.AddressOf(record), cancellationToken);
    }

    private async Task<DnsAnswer<T>> Find<T>(
        DnsQuestion question, Func<DnsMessage, DnsRecord, T> read, CancellationToken cancellationToken)
    {
        var chain = new AliasChain(question.Name.ToLowerInvariant(), MaxAliases);
        while (true)
        {
            var step = question with { Name = chain.Name };
            if (!step.IsPossible)
                return DnsAnswer.Missing<T>(TimeSpan.Zero);
            var (message, why) = await Ask(step, cancellationToken);
            if (message is null)
                return DnsAnswer.Failed<T>(why);
            try
            {
                var hasMoved = chain.Follow(message);
                var records = message.Answers
                    .Where(record => record.Type == question.Type && record.Owner == chain.Name).ToArray();
                if (records.Length > 0)
                    return DnsAnswer.Found<T>(
                        [.. records.Select(record => read(message, record))], chain.Within(records));
                if (!hasMoved || message.ResponseCode == DnsMessage.NameError)
                    return DnsAnswer.Missing<T>(message.NegativeTime());
            }
            catch (DnsFormatException cause)
            {
                return DnsAnswer.Failed<T>($"{step.Name}: the answer is damaged: {cause.Message}");
            }
        }
    }

    /// <summary>The first answer that can be understood, of any server.</summary>
    private async Task<(DnsMessage? Message, string Why)> Ask(DnsQuestion question, CancellationToken cancellationToken)
    {
        var why = "there is no resolver";
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var server in DnsServers.Of(options))
            {
                (var message, why) = await AskOnce(server, question, cancellationToken);
                if (message is not null)
                    return (message, "");
            }
        }

        return (null, $"{question.Name}: {why}");
    }

    private async Task<(DnsMessage? Message, string Why)> AskOnce(
        IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var message = await DnsExchange.Ask(server, question, isExtended: true, both.Token);
            if (message.ResponseCode == DnsMessage.FormatError)
                message = await DnsExchange.Ask(server, question, isExtended: false, both.Token);
            if (message.ResponseCode is not (DnsMessage.NoError or DnsMessage.NameError))
                return (null, $"{server} answers with code {message.ResponseCode}");
            return message.IsReferral ? (null, $"{server} is no resolver for it") : (message, "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{server} does not answer within {options.Timeout.TotalSeconds} s");
        }
        catch (Exception cause) when (cause is DnsFormatException or SocketException or IOException)
        {
            return (null, $"{server}: {cause.Message}");
        }
    }
}
