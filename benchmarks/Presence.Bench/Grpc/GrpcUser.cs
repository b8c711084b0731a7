using System.Net;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Presence.Bench.Links;
using Presence.Bench.Load;
using Presence.Bench.Node;
using Presence.V1;

namespace Presence.Bench.Grpc;

/// <summary>A user who speaks gRPC. The name of each subscription is the number of whom it watches, as over text.</summary>
internal sealed class GrpcUser : ILink
{
    private const string Endpoint = "e";
    private static readonly ByteString Text = ByteString.CopyFromUtf8("The quick brown fox jumps over the lazy dog.");
    private static readonly Duration Life = Duration.FromTimeSpan(TimeSpan.FromHours(1));
    private readonly string _domain;
    private readonly ILink.Taken? _taken;
    private readonly GrpcLink _frames;

    public GrpcUser(int index, string domain, Tally tally, ILink.Taken? taken)
    {
        Index = index;
        _domain = domain;
        _taken = taken;
        _frames = new GrpcLink(tally, Take);
    }

    public int Index { get; }

    public async Task LogIn(EndPoint server, int user)
    {
        await _frames.Connect(server);
        await _frames.Require(new ClientFrame
        {
            Hello = new HelloRequest { Domain = _domain, Versions = { "1.0" }, Role = "client", Agent = "presence-bench" },
        });
        var scram = new ScramLogin(Accounts.Name(user));
        var challenge = await _frames.Require(Auth("SCRAM-SHA-256", scram.First()));
        var verdict = await _frames.Require(Auth("*", scram.Final(challenge.Auth.Data.ToByteArray())));
        scram.Verify(verdict.Auth.Data.ToByteArray());
        await _frames.Require(new ClientFrame { Bind = new BindRequest { Endpoint = Endpoint, Show = "online" } });
    }

    public Task Ping() => _frames.Require(new ClientFrame { Ping = new PingRequest() });

    public Task Quit() => _frames.Quit();

    public Task Allow(int watcher) => _frames.Require(Approval(watcher));

    public Task Watch(int owner) => _frames.Require(Subscription(owner, new SubscribeRequest
    {
        Scope = SubscriptionScope.Session,
    }));

    public void Say(int number) => _frames.Post(new ClientFrame
    {
        Set = new SetRequest { Place = $"~/ep/{Endpoint}/status", Value = $"c{number}" },
    });

    public void Ask(int owner) => _frames.Post(Subscription(owner, new SubscribeRequest { Expires = Life }));

    public void Grant(int watcher) => _frames.Post(Approval(watcher));

    public void Send(int recipient, int number, bool wantsReceipt) =>
        SendTo(Address(recipient), number, wantsReceipt ? ["delivered"] : []);

    public Task Enter(string group, bool isFirst) => _frames.Require(isFirst
        ? new ClientFrame
        {
            Create = new CreateRequest { Address = $"{group}@{_domain}", Kind = "group", Join = "open", Send = "members" },
        }
        : new ClientFrame { Join = new JoinRequest { Place = $"{group}@{_domain}" } });

    public void SendToGroup(string group, int number) => SendTo($"{group}@{_domain}", number, []);

    public void Dispose() => _frames.Dispose();

    private static ClientFrame Auth(string mechanism, byte[] data) => new()
    {
        Auth = new AuthRequest { Mechanism = mechanism, Data = ByteString.CopyFrom(data) },
    };

    private ClientFrame Approval(int watcher) => new()
    {
        Approve = new ApproveRequest { Place = "~", Who = Address(watcher) },
    };

    private ClientFrame Subscription(int owner, SubscribeRequest request)
    {
        request.Place = $"{Address(owner)}/status";
        request.Id = $"p{owner}";
        return new ClientFrame { Subscribe = request };
    }

    private string Address(int user) => $"{Accounts.Name(user)}@{_domain}";

    private void SendTo(string address, int number, IEnumerable<string> wishes) => _frames.Post(new ClientFrame
    {
        Send = new SendRequest { To = { address }, MessageId = $"m{number}", Type = "text/plain", Body = Text, Want = { wishes } },
    });

    private void Take(Event told)
    {
        // Who came and went is told to him who looks after it; no scenario counts it.
        var isNews = told.KindCase == Event.KindOneofCase.Member
            || (told.KindCase == Event.KindOneofCase.Watcher && told.Watcher.State != "pending");
        if (_taken is not null && !isNews)
            _taken(this, Read(told));
    }

    private static Happening Read(Event told) => told.KindCase switch
    {
        Event.KindOneofCase.Notify => Value(told.Notify),
        Event.KindOneofCase.Message => new Happening(
            told.Message.Place == "~" ? HappeningKind.Message : HappeningKind.GroupMessage,
            UserOf(told.Message.From), MarkOf(told.Message.MessageId)),
        Event.KindOneofCase.Receipt when told.Receipt.Disposition == "delivered" =>
            new Happening(HappeningKind.Receipt, UserOf(told.Receipt.From), MarkOf(told.Receipt.MessageId)),
        Event.KindOneofCase.Watcher => new Happening(HappeningKind.Asked, UserOf(told.Watcher.Who), 0),
        _ => default,
    };

    private static Happening Value(NotifyEvent told)
    {
        var owner = MarkOf(told.Id);
        if (told.State is not ("" or "active") || !told.HasValue)
            return default;
        if (told.Value == "offline")
            return new Happening(HappeningKind.Gone, owner, 0);
        var number = told.Value == "online" ? 0 : MarkOf(told.Value);
        return number < 0 ? default : new Happening(HappeningKind.Value, owner, number);
    }

    private static int UserOf(string address) => UserNumber.Of(Encoding.UTF8.GetBytes(address));

    private static int MarkOf(string mark) => UserNumber.Mark(Encoding.UTF8.GetBytes(mark));
}
