using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Messages;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Messages;

/// <summary>
/// An inbox beside a model of one: random messages, acknowledgements, lost sessions, and time. The model writes down
/// who holds what; the inbox must let each message out when the model says so, once, and remember no more than it may.
/// </summary>
public sealed class InboxLawTests
{
    private static readonly InboxLimits Limits = new(MaxWaiting: 6, MaxRemembered: 5, TimeSpan.FromSeconds(100));
    private static readonly string[] Sessions = ["desk", "phone", "tv"];

    private static readonly Gen<Event> AnyEvent = Gen.Frequency(
        (6, from id in Gen.Choose(0, 19) from holders in Gen.Choose(1, 7) from life in Gen.Choose(1, 200)
            select new Event(Kind.Accept, id, holders, life)),
        (6, from id in Gen.Choose(0, 19) from session in Gen.Choose(0, 2)
            select new Event(Kind.Acknowledge, id, session, 0)),
        (1, from session in Gen.Choose(0, 2) select new Event(Kind.Abandon, 0, session, 0)),
        (2, from seconds in Gen.Choose(0, 60) select new Event(Kind.Wait, 0, 0, seconds)));

    [Fact]
    [Trait("Conformance", "MSG-05")]
    [Trait("Conformance", "RES-14")]
    public void Each_accepted_message_leaves_exactly_once_and_a_repeat_is_known() =>
        Prop.ForAll(AnyEvent.ListOf().Resize(200).ToArbitrary(), events =>
        {
            var run = new Run();
            foreach (var @event in events)
                run.Do(@event);
            run.Finish();
        }).Check(Laws.Seeded.WithMaxTest(300));

    private enum Kind
    {
        Accept,
        Acknowledge,
        Abandon,
        Wait,
    }

    private sealed record Event(Kind Kind, int Id, int Who, int Seconds);

    private sealed class Run
    {
        private readonly Inbox _inbox = new(Limits);
        private readonly Dictionary<string, (HashSet<string> Holders, DateTimeOffset Expires)> _waiting = [];
        private readonly HashSet<InstantMessage> _accepted = new(ReferenceEqualityComparer.Instance);
        private readonly List<InstantMessage> _left = [];
        private DateTimeOffset _now = Node.Noon;

        public void Do(Event @event)
        {
            switch (@event.Kind)
            {
                case Kind.Accept: Accept($"{@event.Id}", @event.Who, @event.Seconds); break;
                case Kind.Acknowledge: Acknowledge($"{@event.Id}", Sessions[@event.Who]); break;
                case Kind.Abandon: Abandon(Sessions[@event.Who]); break;
                default: Expire(@event.Seconds); break;
            }

            Assert.Equal(_waiting.Count, _inbox.WaitingCount);
            Assert.Equal(_waiting.Count == 0 ? null : _waiting.Values.Min(w => w.Expires), _inbox.NextExpiry);
            Assert.All(_waiting.Keys, id => Assert.True(_inbox.IsKnown(Letter.Bob, id)));
            Assert.InRange(
                Enumerable.Range(0, 20).Count(id => _inbox.IsKnown(Letter.Bob, $"{id}")),
                _waiting.Count, _waiting.Count + Limits.MaxRemembered);
        }

        public void Finish()
        {
            Expire(100_000);
            Assert.Empty(_waiting);
            Assert.Equal(_accepted.Count, _left.Count);
            Assert.Equal(_accepted, _left.ToHashSet<InstantMessage>(ReferenceEqualityComparer.Instance));
        }

        private void Accept(string id, int holders, int seconds)
        {
            if (_inbox.IsFull || _inbox.IsKnown(Letter.Bob, id))
                return;
            var message = Letter.Of(id, _now.AddSeconds(seconds));
            var sessions = Sessions.Where((_, n) => (holders >> n & 1) == 1).ToHashSet();
            _inbox.Accept(message, sessions, _now);
            _accepted.Add(message);
            _waiting.Add(id, (sessions, message.Expires));
        }

        private void Acknowledge(string id, string session)
        {
            var isHolder = _waiting.TryGetValue(id, out var waiting) && waiting.Holders.Contains(session);
            var settled = _inbox.Acknowledge(Letter.Bob, id, session);
            Assert.Equal(isHolder, settled is not null);
            Leave(settled is null ? [] : [settled]);
        }

        private void Abandon(string session)
        {
            foreach (var waiting in _waiting.Values)
                waiting.Holders.Remove(session);
            var lost = _waiting.Where(pair => pair.Value.Holders.Count == 0).Select(pair => pair.Key).ToHashSet();
            var orphans = _inbox.Abandon(session).Select(orphan => orphan.Message).ToList();
            orphans.ForEach(_inbox.Fail);
            Leave(orphans, lost);
        }

        private void Expire(int seconds)
        {
            _now = _now.AddSeconds(seconds);
            var over = _waiting.Where(pair => pair.Value.Expires <= _now).Select(pair => pair.Key).ToHashSet();
            Leave(_inbox.EndExpired(_now), over);
        }

        private void Leave(IReadOnlyList<InstantMessage> messages, HashSet<string>? expected = null)
        {
            if (expected is not null)
                Assert.Equal(expected, messages.Select(message => message.Id).ToHashSet());
            foreach (var message in messages)
            {
                Assert.True(_waiting.Remove(message.Id));
                _left.Add(message);
            }
        }
    }
}
