using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Groups;
using Presence.Grains.Metrics;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Groups;

/// <summary>How members' grains are asked, with nothing but the ways to them made up.</summary>
public sealed class FanoutTests : IDisposable
{
    private static readonly Address Alice = Address.Parse("alice@example.org");
    private static readonly Address Bob = Address.Parse("bob@example.org");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Members_whose_windows_opened_meanwhile_are_called_no_more_even_if_messages_wait_for_them()
    {
        var post = new Post();
        var fanout = new Fanout(post, maxUnderWay: 8, new GrainMetrics(_services.GetRequiredService<IMeterFactory>()));
        Assert.True(fanout.TryPost(Message("m1"), [Bob]));
        Assert.True(fanout.TryPost(Message("m2"), [Bob]));
        Assert.True(fanout.TryPost(Message("m3"), [Bob]));

        post.IsOpen = true;
        post.Answer.SetResult(ExpectedCopy.None);
        await fanout.Idle();

        Assert.Equal(["m1"], post.Called);
        Assert.Equal(["m2", "m3"], post.Looked);
    }

    private static MessageNotice Message(string id) => new(
        new InstantMessage(
            Alice, id, "text/plain", default, null, null, null, ReceiptWishes.None, false, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue),
        IsRequest: false);

    /// <summary>A member who has to be called until his window is open.</summary>
    private sealed class Post : IMemberPost
    {
        public bool IsOpen { get; set; }

        public TaskCompletionSource<ExpectedCopy?> Answer { get; } = new();

        public List<string> Called { get; } = [];

        /// <summary>Dealt with by his window.</summary>
        public List<string> Looked { get; } = [];

        public bool IsElsewhere(Address who) => false;

        public ExpectedCopy? TryAnnounce(Lane to, InstantMessage message)
        {
            if (!IsOpen)
                return null;
            Looked.Add(message.Id);
            return ExpectedCopy.None;
        }

        public Task<ExpectedCopy?> Announce(Address who, InstantMessage message)
        {
            Called.Add(message.Id);
            return Answer.Task;
        }

        public Task HandOver(Address who, SessionNotice notice) => Task.CompletedTask;

        public Task<ImmutableArray<UntakenCopy>> Cross(IGatewayInbox gateway, ImmutableArray<SharedCopy> copies) =>
            Task.FromResult<ImmutableArray<UntakenCopy>>([]);

        public Task Settle(Address who, MessageKey message, ImmutableArray<string> sessions, bool isTakenBack) => Task.CompletedTask;
    }
}
