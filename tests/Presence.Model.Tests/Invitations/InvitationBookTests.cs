using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Invitations;

public sealed class InvitationBookTests
{
    private static readonly Address Alice = Address.Parse("alice@a.example");

    private readonly InvitationBook _book = new(new InvitationLimits(2, 2, TimeSpan.FromMinutes(10)));

    [Fact]
    [Trait("Conformance", "INV-01")]
    public void The_first_acceptance_wins_and_all_others_stop_ringing()
    {
        Ring("i1", "desk", "phone", "tv");
        var won = Answer("i1", "phone", 200);
        Assert.True(won!.MustTell);
        Assert.Equal(["desk", "tv"], won.MustStop.Order());
        Assert.Null(Answer("i1", "desk", 200));
    }

    [Fact]
    public void That_it_rings_is_told_to_those_only_who_may_know()
    {
        Ring("i1", "desk");
        Assert.True(Answer("i1", "desk", 180)!.MustTell);
        _book.Ring(Of("i2"), ["desk"], knowsPresence: false, Node.Noon);
        Assert.False(Answer("i2", "desk", 180)!.MustTell);
        Assert.True(Answer("i2", "desk", 200)!.MustTell);
    }

    [Fact]
    public void A_refusal_speaks_for_the_user_when_it_is_the_last()
    {
        Ring("i1", "desk", "phone");
        Assert.False(Answer("i1", "desk", 486)!.MustTell);
        Assert.Null(Answer("i1", "desk", 200));
        Assert.True(Answer("i1", "phone", 488)!.MustTell);
        Assert.Null(_book.Cancel(Alice, "i1", Node.Noon));
    }

    [Fact]
    public void A_decline_counts_for_all()
    {
        Ring("i1", "desk", "phone");
        Assert.Equal(["phone"], Answer("i1", "desk", 603)!.MustStop);
    }

    [Fact]
    [Trait("Conformance", "INV-02")]
    public void Nothing_unknown_or_finished_is_answered_or_cancelled()
    {
        Assert.Null(Answer("i1", "desk", 200));
        Assert.Null(_book.Cancel(Alice, "i1", Node.Noon));
        Ring("i1", "desk");
        Assert.Null(Answer("i1", "phone", 200));
        Assert.Equal(["desk"], _book.Cancel(Alice, "i1", Node.Noon));
        Assert.Null(Answer("i1", "desk", 200));
    }

    [Fact]
    [Trait("Conformance", "INV-03")]
    public void It_rings_until_its_time_is_over()
    {
        Ring("i1", "desk");
        Assert.Equal(Node.Noon.AddSeconds(30), _book.NextExpiry);
        Assert.Empty(_book.EndExpired(Node.Noon.AddSeconds(29)));
        Assert.Equal(["desk"], Assert.Single(_book.EndExpired(Node.Noon.AddSeconds(30))).MustStop);
        Assert.Null(_book.NextExpiry);
        Assert.Null(Answer("i1", "desk", 200));
    }

    [Fact]
    public void The_end_of_the_last_session_is_told_to_those_only_who_may_know()
    {
        Ring("i1", "desk");
        _book.Ring(Of("i2"), ["desk"], knowsPresence: false, Node.Noon);
        Assert.Equal("i1", Assert.Single(_book.Abandon("desk", Node.Noon)).Invitation.Id);
        Assert.Equal("i2", Assert.Single(_book.EndExpired(Node.Noon.AddSeconds(30))).Invitation.Id);
    }

    [Fact]
    public void A_repeat_is_known_for_a_while_and_memory_is_bounded()
    {
        Ring("i1", "desk");
        Ring("i2", "desk");
        Assert.True(_book.IsFull);
        Assert.True(_book.IsKnown(Alice, "i1"));
        Answer("i1", "desk", 200);
        Assert.True(_book.IsKnown(Alice, "i1"));
        Assert.False(_book.IsFull);
        _book.Ring(Of("i3"), ["desk"], true, Node.Noon.AddMinutes(10));
        Assert.False(_book.IsKnown(Alice, "i1"));
    }

    private static Invitation Of(string id) =>
        new(Alice, id, "s1", "application/sdp", "v=0"u8.ToArray(), TimeSpan.FromSeconds(30), Node.Noon.AddSeconds(30));

    private void Ring(string id, params string[] sessions) =>
        _book.Ring(Of(id), sessions, knowsPresence: true, Node.Noon);

    private AnswerOutcome? Answer(string id, string session, int code) =>
        _book.Answer(Alice, id, session, code, Node.Noon);
}
