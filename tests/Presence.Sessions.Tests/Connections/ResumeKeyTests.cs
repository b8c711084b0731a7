using Presence.Sessions.Connections;

namespace Presence.Sessions.Tests.Connections;

public sealed class ResumeKeyTests
{
    [Fact]
    public void A_key_has_192_random_bits_in_base64url()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => new ResumeKey().Text).ToList();
        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Equal(32, key.Length));
        Assert.All(keys, key => Assert.All(key, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_')));
    }

    [Fact]
    public void The_third_wrong_key_wears_it_out_and_a_right_one_forgives()
    {
        var key = new ResumeKey();
        Assert.Equal(KeyVerdict.Wrong, key.Check("x"));
        Assert.Equal(KeyVerdict.Wrong, key.Check(""));
        Assert.Equal(KeyVerdict.Right, key.Check(key.Text));
        Assert.Equal(KeyVerdict.Wrong, key.Check("ünïcode"));
        Assert.Equal(KeyVerdict.Wrong, key.Check(key.Text + "A"));
        Assert.Equal(KeyVerdict.WornOut, key.Check(key.Text[..31]));
    }

    [Fact]
    public void The_used_key_stays_valid_until_the_new_one_is_confirmed()
    {
        var key = new ResumeKey();
        var first = key.Text;
        var second = key.Rotate(first);
        Assert.NotEqual(first, second);
        Assert.Equal(KeyVerdict.Right, key.Check(first));
        Assert.Equal(KeyVerdict.Right, key.Check(second));

        // The response was lost: the client uses the first once more, and what it never saw is void.
        var third = key.Rotate(first);
        Assert.Equal(KeyVerdict.Wrong, key.Check(second));
        Assert.Equal(KeyVerdict.Right, key.Check(first));
        key.Confirm();
        Assert.Equal(KeyVerdict.Wrong, key.Check(first));
        Assert.Equal(KeyVerdict.Right, key.Check(third));
    }
}
