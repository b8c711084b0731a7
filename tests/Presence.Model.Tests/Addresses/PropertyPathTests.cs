using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("status", "status")]
    [InlineData("ep/phone/status", "ep/phone/status")]
    [InlineData("interest/games.>", "interest/games.>")]
    [InlineData("a%7Eb", "a~b")]
    [InlineData("%41", "A")]
    [InlineData("a%20b", "a%20b")]
    [InlineData("a%2Fb", "a%2Fb")]
    [InlineData("%C3%A9", "é")]
    [InlineData("e\u0301", "é")]
    [InlineData("%25", "%25")]
    [InlineData("%3D\u0338", "≠")]
    public void The_wire_form_is_brought_into_canonical_form(string wire, string canonical)
    {
        Assert.True(PropertyPath.TryParse(wire, out var path, out var fault), fault.Word);
        Assert.Equal(canonical, path.ToString());
        Assert.True(PropertyPath.TryParseCanonical(canonical, out var again, out _));
        Assert.Equal(path, again);
        Assert.Equal(wire == canonical, PropertyPath.TryParseCanonical(wire, out _, out _));
    }

    [Theory]
    [InlineData("/status", "path-segment")]
    [InlineData("status/", "path-segment")]
    [InlineData("a//b", "path-segment")]
    [InlineData("/", "path-segment")]
    [InlineData("a b", "path-character")]
    [InlineData("a=b", "path-character")]
    [InlineData("a{b", "path-character")]
    [InlineData("a?b", "path-character")]
    [InlineData("a\nb", "path-character")]
    [InlineData("%00", "path-character")]
    [InlineData("%EF%BF%BE", "path-character")]
    [InlineData("%", "percent-escape")]
    [InlineData("%4", "percent-escape")]
    [InlineData("%G0", "percent-escape")]
    [InlineData("%c3%a9", "percent-escape")]
    [InlineData("%C3", "percent-escape")]
    [InlineData("%C0%AF", "percent-escape")]
    [InlineData("%ED%A0%80", "percent-escape")]
    [InlineData("%F4%90%80%80", "percent-escape")]
    public void A_bad_path_is_refused_with_the_reason(string wire, string word)
    {
        Assert.False(PropertyPath.TryParse(wire, out var path, out var fault));
        Assert.Equal(word, fault.Word);
        Assert.Equal(PropertyPath.Root, path);
    }

    [Fact]
    public void A_lone_surrogate_is_refused_everywhere()
    {
        // Not a theory: attributes are stored as UTF-8, which cannot hold one.
        Assert.False(PropertyPath.TryParse("a\uD800", out _, out var fault));
        Assert.Equal(AddressFault.PathCharacter, fault);
        Assert.False(PropertyPath.Root.TryAppend("\uDC00", out _, out fault));
        Assert.Equal(AddressFault.PathCharacter, fault);
        Assert.False(Address.TryParse("a\uD800@b.example", out _, out fault));
        Assert.Equal(AddressFault.LocalCharacter, fault);
        Assert.False(Domain.TryParse("xn--e-ufa\uDC00.example", out _, out fault));
        Assert.Equal(AddressFault.DomainEncoding, fault);
        Assert.False(PipUri.TryParse("pip:b.example?query;a=\uD800", out _, out fault));
        Assert.Equal(AddressFault.Parameter, fault);
    }

    [Fact]
    public void A_path_ends_at_1024_characters()
    {
        Assert.True(PropertyPath.TryParse(new string('a', 1024), out var longest, out _));
        Assert.False(PropertyPath.TryParse(new string('a', 1025), out _, out var fault));
        Assert.Equal(AddressFault.PathTooLong, fault);
        Assert.False(longest.TryAppend("a", out _, out fault));
        Assert.Equal(AddressFault.PathTooLong, fault);
        Assert.False(PropertyPath.Root.TryAppend(new string(' ', 1000), out _, out fault));
        Assert.Equal(AddressFault.PathTooLong, fault);
    }

    [Fact]
    public void Segments_are_shown_with_escapes_undone()
    {
        var path = PropertyPath.Parse("ep/my%20phone/a%2Fb");
        Assert.Equal(["ep", "my phone", "a/b"], path.Segments);
        Assert.Equal(3, path.Count);
        Assert.Equal("ep", path.First);
        Assert.Equal("a/b", path.Last);
        Assert.Equal("ep/my%20phone", path.Parent.ToString());
    }

    [Fact]
    public void The_root_is_empty_and_its_own_parent()
    {
        Assert.True(PropertyPath.TryParse("", out var root, out _));
        Assert.Equal(PropertyPath.Root, root);
        Assert.True(root.IsRoot);
        Assert.Equal(0, root.Count);
        Assert.Empty(root.Segments);
        Assert.Null(root.First);
        Assert.Null(root.Last);
        Assert.Equal(root, root.Parent);
        Assert.Equal(root, PropertyPath.Parse("status").Parent);
        Assert.Equal("", root.ToString());
    }

    [Theory]
    [InlineData("ep/phone", "ep", true)]
    [InlineData("ep/phone", "ep/phone", true)]
    [InlineData("ep/phone", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "ep", false)]
    [InlineData("ep/phones", "ep/phone", false)]
    [InlineData("ep", "ep/phone", false)]
    [InlineData("EP/phone", "ep", false)]
    public void Only_whole_segments_count_as_a_prefix(string path, string ancestor, bool below) =>
        Assert.Equal(below, PropertyPath.Parse(path).StartsWith(PropertyPath.Parse(ancestor)));

    [Fact]
    public void Appending_encodes_what_may_not_stand()
    {
        var path = PropertyPath.Root.Append("ep").Append("my phone/e\u0301");
        Assert.Equal("ep/my%20phone%2Fé", path.ToString());
        Assert.Equal("my phone/é", path.Last);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\uFFFE")]
    public void What_is_no_text_is_not_appended(string segment)
    {
        Assert.False(PropertyPath.Root.TryAppend(segment, out _, out _));
        Assert.Throws<ArgumentException>(() => PropertyPath.Root.Append(segment));
    }
}
