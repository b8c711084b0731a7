using System.Globalization;
using Presence.Model.Accounts;

namespace Presence.Model.Tests.Accounts;

public class PasswordPreparationTests
{
    [Theory]
    [InlineData("pencil", "pencil")]
    [InlineData("two words", "two words")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("a\u3000b", "a b")]
    [InlineData("a\u1680b", "a b")]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("\u00AA", "a")]
    [InlineData("\u2168", "IX")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("sesam öffne dich", "sesam öffne dich")]
    [InlineData("\U0001F511", "\U0001F511")]
    public void A_password_is_brought_to_its_prepared_form(string password, string expected)
    {
        Assert.True(PasswordPreparation.TryPrepare(password, out var prepared, out var why), why);
        Assert.Equal(expected, prepared);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u00AD")]
    [InlineData("\u0007")]
    [InlineData("a\nb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\uE000b")]
    [InlineData("a\uFFFEb")]
    public void Empty_passwords_and_control_characters_are_refused(string password)
    {
        Assert.False(PasswordPreparation.TryPrepare(password, out var prepared, out var why));
        Assert.Empty(prepared);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Any_single_utf16_unit_is_answered_without_an_exception()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var password = ((char)unit).ToString(CultureInfo.InvariantCulture);
            var accepted = PasswordPreparation.TryPrepareNew(password, out var prepared, out var why);
            Assert.Equal(accepted, prepared.Length > 0);
            Assert.Equal(accepted, why.Length == 0);
        }
    }

    [Fact]
    public void A_lone_surrogate_is_refused() =>
        Assert.False(PasswordPreparation.TryPrepare("a" + (char)0xD800, out _, out _));

    [Fact]
    public void A_password_may_have_1024_characters_and_no_more()
    {
        Assert.True(PasswordPreparation.TryPrepare(new string('x', 1024), out _, out _));
        Assert.False(PasswordPreparation.TryPrepare(new string('x', 1025), out _, out _));
    }

    [Theory]
    [InlineData("\uFB01nal")]
    [InlineData("\u2168")]
    [InlineData("a\u00A0b")]
    [InlineData("I\u00ADX")]
    public void A_new_password_whose_forms_differ_is_refused(string password)
    {
        Assert.True(PasswordPreparation.TryPrepare(password, out _, out _));
        Assert.False(PasswordPreparation.TryPrepareNew(password, out _, out var why));
        Assert.NotEmpty(why);
    }

    [Theory]
    [InlineData("pencil")]
    [InlineData("sesam öffne dich")]
    [InlineData("e\u0301")]
    public void A_new_password_whose_forms_agree_is_accepted(string password) =>
        Assert.True(PasswordPreparation.TryPrepareNew(password, out _, out _));
}
