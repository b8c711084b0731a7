using Presence.Model.Messages;

namespace Presence.Model.Tests.Messages;

public sealed class WordsTests
{
    [Theory]
    [InlineData("delivered", Disposition.Delivered)]
    [InlineData("displayed", Disposition.Displayed)]
    [InlineData("failed", Disposition.Failed)]
    public void A_disposition_is_written_as_it_is_read(string word, Disposition disposition)
    {
        Assert.True(DispositionWords.TryParse(word, out var parsed));
        Assert.Equal(disposition, parsed);
        Assert.Equal(word, DispositionWords.Word(disposition));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Delivered")]
    [InlineData("read")]
    [InlineData("delivered,displayed")]
    public void Other_words_are_no_dispositions(string word) =>
        Assert.False(DispositionWords.TryParse(word, out _));

    [Theory]
    [InlineData(null, ReceiptWishes.None)]
    [InlineData("", ReceiptWishes.None)]
    [InlineData("delivered", ReceiptWishes.Delivered)]
    [InlineData("displayed,delivered", ReceiptWishes.Delivered | ReceiptWishes.Displayed)]
    [InlineData("delivered,delivered", ReceiptWishes.Delivered)]
    [InlineData("redirect,x-later,displayed", ReceiptWishes.Displayed)]
    [InlineData(",", ReceiptWishes.None)]
    public void Unknown_wishes_are_ignored(string? list, ReceiptWishes wishes) =>
        Assert.Equal(wishes, DispositionWords.ParseWishes(list));

    [Fact]
    public void Every_set_of_wishes_is_read_as_it_is_written()
    {
        for (var wishes = ReceiptWishes.None; (int)wishes < 8; wishes++)
            Assert.Equal(wishes, DispositionWords.ParseWishes(DispositionWords.Format(wishes)));
        Assert.Null(DispositionWords.Format(ReceiptWishes.None));
        Assert.Equal("delivered,displayed", DispositionWords.Format(ReceiptWishes.Displayed | ReceiptWishes.Delivered));
    }
}
