using System.Globalization;
using Presence.Protocol.Framing;
using Presence.Sessions.Tests.Hosting;
using Presence.Testing;

namespace Presence.Sessions.Tests.Resuming;

/// <summary>Connections of sender and recipient are cut again and again, at random octets in both directions.</summary>
public sealed class RandomCutTests(TestSilo silo)
{
    private const int Messages = 10_000;
    private const int BetweenCuts = 50;

    [Fact]
    [Trait("Conformance", "RES-13")]
    public async Task Ten_thousand_messages_with_a_cut_every_fifty_arrive_exactly_once_each()
    {
        await using var gateway = await TestGateway.Open(silo);
        await silo.NewUser("sender");
        await silo.NewUser("taker");
        var taker = new Taker(gateway);
        await taker.Begin();

        var taking = taker.TakeAll();
        await new Sender(gateway).SendAll();
        await taking;

        Assert.Equal(Enumerable.Range(1, Messages), taker.Taken);
        Assert.True(taker.Cuts >= Messages / BetweenCuts / 2, $"only {taker.Cuts} cuts");
    }

    /// <summary>A client that resumes whenever its connection is gone.</summary>
    private abstract class Person(TestGateway gateway, string name)
    {
        private string? _session;
        private string? _key;

        protected TestClient Client { get; private set; } = null!;

        protected SeededGenerator Dice { get; } = new((ulong)name.Length);

        protected long Seen { get; set; }

        /// <summary>Tries until it is connected; the server may be cut off even while it answers.</summary>
        protected async Task Connect()
        {
            Client = gateway.Connect();
            await Client.Authenticate(name);
            var reply = await Client.Ask(_session is null
                ? "BIND 4 ep=desk show=online grace=30"
                : $"RESUME 4 {_session} key={_key} seen={Seen.ToString(CultureInfo.InvariantCulture)}");
            Assert.Equal(200, reply.Code);
            (_session, _key) = (reply.Parameters["sid"], reply.Parameters["key"]);
        }
    }

    private sealed class Sender(TestGateway gateway) : Person(gateway, "sender")
    {
        private readonly SortedDictionary<long, int> _unanswered = [];
        private long _tag = 10;

        public async Task SendAll()
        {
            await Connect();
            for (var first = 1; first <= Messages; first += BetweenCuts)
            {
                foreach (var message in Enumerable.Range(first, BetweenCuts))
                    _unanswered[++_tag] = message;
                var batch = string.Concat(_unanswered.Select(Text));
                await Client.Send(batch, cutAfter: Dice.Next(batch.Length));
                while (_unanswered.Count > 0)
                {
                    await Connect();
                    await Client.Send(string.Concat(_unanswered.Select(Text)));
                    await ReadAnswers();
                    await Client.Cut();
                }

                await Connect();
            }
        }

        /// <summary>A message that found the recipient's outbox full is sent with a tag of its own again.</summary>
        private async Task ReadAnswers()
        {
            foreach (var _ in _unanswered.ToList())
            {
                var answer = (await Client.Read())!;
                _unanswered.Remove(answer.Number, out var message);
                if (answer.Code != 202)
                    _unanswered[++_tag] = message;
            }
        }

        private static string Text(KeyValuePair<long, int> sent) =>
            $"SEND {sent.Key} taker@localhost mid=m{sent.Value} type=text/plain {{5}}\r\n{sent.Value:D5}\r\n";
    }

    private sealed class Taker(TestGateway gateway) : Person(gateway, "taker")
    {
        public List<int> Taken { get; } = [];

        public int Cuts { get; private set; }

        public async Task Begin()
        {
            await Connect();
            Assert.Equal(200, (await Client.Ask("APPROVE 5 ~ who=sender@localhost")).Code);
        }

        public async Task TakeAll()
        {
            Client.ReceivesAtMost = NextCut();
            while (Taken.Count < Messages)
            {
                if (await Client.Read() is { } frame)
                {
                    await Take(frame);
                    continue;
                }

                Cuts++;
                await Connect();
                Client.ReceivesAtMost = NextCut();
            }
        }

        private async Task Take(Frame frame)
        {
            if (frame.Kind != FrameKind.Event || frame.Number <= Seen)
                return;
            var previous = frame.Parameters["prev"] is { } prev
                ? long.Parse(prev, CultureInfo.InvariantCulture)
                : frame.Number - 1;
            Assert.True(previous <= Seen, $"#{frame.Number} does not follow #{Seen}");
            Seen = frame.Number;
            if (frame.Verb == "MSG")
                Taken.Add(int.Parse(frame.Parameters["mid"]![1..], CultureInfo.InvariantCulture));
            if (frame.Number % 10 == 0)
                await Client.Send($"ACK #{frame.Number}\r\n");
        }

        private long NextCut() => 100 + Dice.Next(2 * BetweenCuts * 90);
    }
}
