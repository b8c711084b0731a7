using System.Buffers.Binary;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using static Presence.Model.Tests.Messages.Letter;

namespace Presence.Model.Tests.Messages;

public sealed class MessageMarkTests
{
    private static readonly Address Carol = Address.Parse("carol@b.example");

    // By openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:16 SIPHASH.
    [Theory]
    [InlineData("", "A3817F04BA25A8E66DF67214C7550293")]
    [InlineData("00", "DA87C1D86B99AF44347659119B22FC45")]
    [InlineData("0001020304050607", "3B62A9BA6258F5610F83E264F31497B4")]
    [InlineData("000102030405060708090A0B0C0D0E0F10111213", "9E25FC833F2290733E9344A5E83839EB")]
    public void The_digest_is_that_of_other_implementations(string text, string expected)
    {
        var key = new UInt128(0x0f0e0d0c0b0a0908, 0x0706050403020100);
        var digest = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(digest, SipHash.Of(key, Convert.FromHexString(text)));

        Assert.Equal(expected, Convert.ToHexString(digest));
    }

    [Fact]
    public void The_same_sender_and_id_have_the_same_mark_and_others_another()
    {
        Assert.Equal(MessageMark.Of(Bob, "m1"), MessageMark.Of(Address.Parse("bob@b.example"), "m1"));
        Assert.NotEqual(MessageMark.Of(Bob, "m1"), MessageMark.Of(Bob, "m2"));
        Assert.NotEqual(MessageMark.Of(Bob, "m1"), MessageMark.Of(Carol, "m1"));
        Assert.NotEqual(MessageMark.Of(Bob, "m1"), MessageMark.Of(Address.Of(Bob.Domain), "m1"));
    }

    [Fact]
    public void What_ends_a_name_cannot_begin_an_id()
    {
        Assert.NotEqual(
            MessageMark.Of(Address.Parse("bob@b.example"), "smith"), MessageMark.Of(Address.Parse("bob@b.examples"), "mith"));
        Assert.NotEqual(MessageMark.Of(Address.Parse("bob@b.example"), "1"), MessageMark.Of(Address.Parse("bobb@b.example"), "1"));
    }

    [Fact]
    public void Long_ids_are_told_apart_by_their_ends()
    {
        var id = new string('a', 2000);

        Assert.Equal(MessageMark.Of(Bob, id), MessageMark.Of(Bob, new string('a', 2000)));
        Assert.NotEqual(MessageMark.Of(Bob, id + "1"), MessageMark.Of(Bob, id + "2"));
    }

    [Fact]
    public void A_message_that_is_made_anew_with_another_sender_or_id_has_another_mark()
    {
        var message = Of("m1");

        Assert.Equal(MessageMark.Of(Bob, "m1"), message.Mark);
        Assert.Equal(message.Mark, (message with { Subject = "x" }).Mark);
        Assert.Equal(MessageMark.Of(Carol, "m1"), (message with { From = Carol }).Mark);
        Assert.Equal(MessageMark.Of(Carol, "m2"), (message with { Id = "m2", From = Carol }).Mark);
    }
}
