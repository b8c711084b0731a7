using System.Globalization;
using System.Text;
using Presence.Testing;
using Presence.Testing.Wire;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Udp;

/// <summary>Events over a channel that loses, repeats and reorders, against the client that the protocol describes.</summary>
public sealed class LossyChannelTests
{
    private const int Events = 60;

    [Theory]
    [Trait("Conformance", "RES-11")]
    [MemberData(nameof(Seeds))]
    public async Task No_message_is_lost_or_doubled_and_the_last_values_arrive(int seed)
    {
        using var holder = await KeyHolder.Create();
        var random = new SeededGenerator((ulong)seed);
        var client = new EventClient();
        holder.Send("PING 1\r\n");
        await holder.Answer();

        var told = 0;
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        var messages = new List<string>();
        var onTheWay = new List<byte[]>();
        var deadline = Deadline.Token;
        while (told < Events || holder.Sessions.Acknowledged < Events)
        {
            deadline.ThrowIfCancellationRequested();

            // The window of the outbox: not more than 32 are told and not acknowledged.
            if (told < Events && told - holder.Sessions.Acknowledged < 32 && random.Next(3) == 0)
                await Tell(holder, ++told, random, last, messages);
            holder.Clock.Advance(TimeSpan.FromMilliseconds(250));
            onTheWay.AddRange(holder.Wires.Take().Select(one => one.Datagram));
            while (onTheWay.Count > 0 && random.Next(4) > 0)
            {
                var at = random.Next(onTheWay.Count);
                var datagram = onTheWay[at];
                onTheWay.RemoveAt(at);
                if (random.Next(10) < 3)
                    continue;
                client.Take(Encoding.UTF8.GetString(holder.Client.Open(datagram)));
            }

            var acknowledgement = holder.Client.Seal($"ACK #{Math.Max(1, client.Processed)}\r\n");
            if (client.Processed > 0 && random.Next(10) >= 3)
                holder.Deliver(acknowledgement);
            await Task.Yield();
        }

        Assert.Equal(messages, client.Messages);
        Assert.Equal(last.OrderBy(pair => pair.Key), client.Values.OrderBy(pair => pair.Key));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    private static async Task Tell(
        KeyHolder holder, int number, SeededGenerator random, Dictionary<string, string> last, List<string> messages)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (random.Next(3) == 0)
        {
            messages.Add(text);
            await holder.Sessions.Tell("MSG", $"~ from=bob@a.example mid={text} {{1}}\r\nx\r\n");
            return;
        }

        var path = $"alice@a.example/x.test.{random.Next(3)}";
        last[path] = text;
        await holder.Sessions.Tell("NOTIFY", $"{path} id=s val={text}\r\n");
    }

    /// <summary>
    /// Keeps what came too early until the gap before it is filled, forgets what it has processed.
    /// </summary>
    private sealed class EventClient
    {
        private readonly Dictionary<long, WireLine> _early = [];

        public long Processed { get; private set; }

        public List<string> Messages { get; } = [];

        public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

        public void Take(string inner)
        {
            var line = WireLine.Parse(inner.Split('\r')[0].Split(" {")[0]);
            if (!line.IsEvent)
                return;
            _early[NumberOf(line)] = line;
            while (_early.Values.OrderBy(NumberOf).FirstOrDefault(MayProcess) is { } next)
            {
                Process(next);
                Processed = NumberOf(next);
            }
        }

        private bool MayProcess(WireLine line) =>
            NumberOf(line) > Processed
            && long.Parse(line["prev"] ?? $"{NumberOf(line) - 1}", CultureInfo.InvariantCulture) <= Processed;

        private void Process(WireLine line)
        {
            if (line.Words[0] == "MSG")
                Messages.Add(line["mid"]!);
            else
                Values[line.Words[2]] = line["val"]!;
        }

        private static long NumberOf(WireLine line) => long.Parse(line.Words[1][1..], CultureInfo.InvariantCulture);
    }
}
