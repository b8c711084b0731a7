using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Groups;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Groups;

public sealed class ClassPatternTests
{
    private static readonly Gen<string[]> Name = TokensOf("a", "b", "c");
    private static readonly Gen<string[]> Wanted =
        from tokens in TokensOf("a", "b", "c", "*") from isOpen in Gen.Elements(true, false)
        select isOpen ? [.. tokens, ">"] : tokens;

    [Theory]
    [Trait("Conformance", "GRP-10")]
    [InlineData("games.>", "games.chess.openings", true)]
    [InlineData("games.>", "games.chess", true)]
    [InlineData("games.>", "games", false)]
    [InlineData("games.>", "sports.chess", false)]
    [InlineData("games.*", "games.chess", true)]
    [InlineData("games.*", "games.chess.openings", false)]
    [InlineData("games.*", "games", false)]
    [InlineData("*.chess", "sports.chess", true)]
    [InlineData("*", "games", true)]
    [InlineData(">", "games.chess.openings", true)]
    [InlineData("games.chess", "games.chess", true)]
    [InlineData("games.chess", "games.Chess", false)]
    [InlineData("games.*.openings.>", "games.chess.openings.sicilian", true)]
    [InlineData("games.*.openings.>", "games.chess.openings", false)]
    public void A_star_is_one_token_and_a_final_angle_is_one_or_more(string pattern, string name, bool isCovered) =>
        Assert.Equal(isCovered, ClassPattern.Parse(pattern).Matches(ClassPattern.Parse(name)));

    [Fact]
    [Trait("Conformance", "GRP-10")]
    public void It_matches_just_what_the_definition_says() => Prop.ForAll(
        Wanted.ToArbitrary(), Name.ToArbitrary(),
        (wanted, name) => ClassPattern.Parse(string.Join('.', wanted)).Matches(ClassPattern.Parse(string.Join('.', name)))
            == Defined(wanted, name)).Check(Laws.Seeded);

    [Fact]
    public void Every_name_matches_itself_and_everything() => Prop.ForAll(Name.ToArbitrary(), tokens =>
    {
        var name = ClassPattern.Parse(string.Join('.', tokens));
        return !name.IsWild && name.Matches(name) && ClassPattern.Parse(">").Matches(name);
    }).Check(Laws.Seeded);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".")]
    [InlineData("games.")]
    [InlineData(".games")]
    [InlineData("games..chess")]
    [InlineData(">.games")]
    [InlineData("games.>.chess")]
    [InlineData("games.ch*ss")]
    [InlineData("games.chess>")]
    [InlineData("games chess")]
    [InlineData("games,chess")]
    [InlineData("games/chess")]
    [InlineData("games\u0007")]
    public void What_is_no_pattern_is_refused(string? text) => Assert.False(ClassPattern.TryParse(text, out _));

    [Fact]
    public void Half_a_character_is_refused() => Assert.False(ClassPattern.TryParse(new string('\uD800', 1), out _));

    [Fact]
    public void Tokens_and_length_are_bounded()
    {
        Assert.True(ClassPattern.TryParse(string.Join('.', Enumerable.Repeat("a", 16)), out _));
        Assert.False(ClassPattern.TryParse(string.Join('.', Enumerable.Repeat("a", 17)), out _));
        Assert.True(ClassPattern.TryParse(new string('a', 128), out _));
        Assert.False(ClassPattern.TryParse(new string('a', 129), out _));
    }

    [Fact]
    public void Two_spellings_of_one_token_are_one() =>
        Assert.Equal(ClassPattern.Parse("caf\u00E9"), ClassPattern.Parse("cafe\u0301"));

    private static Gen<string[]> TokensOf(params string[] tokens) =>
        Gen.Choose(1, 4).SelectMany(count => Gen.Elements(tokens).ArrayOf(count));

    /// <summary>The definition as a recursion over both lists.</summary>
    private static bool Defined(ReadOnlySpan<string> wanted, ReadOnlySpan<string> name) =>
        wanted.IsEmpty ? name.IsEmpty
        : wanted[0] == ">" ? !name.IsEmpty
        : !name.IsEmpty && (wanted[0] == "*" || wanted[0] == name[0]) && Defined(wanted[1..], name[1..]);
}
