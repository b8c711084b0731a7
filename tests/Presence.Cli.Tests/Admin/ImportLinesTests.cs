using Presence.Cli.Admin;

namespace Presence.Cli.Tests.Admin;

public sealed class ImportLinesTests
{
    [Fact]
    public async Task Lines_keep_their_numbers_and_lose_their_ends()
    {
        var lines = await Read("a@x one\r\n\n# comment\n   \nb@x two words\nc@x three");

        Assert.Equal([(1, "a@x one"), (5, "b@x two words"), (6, "c@x three")], lines.Select(l => (l.Number, l.Text)));
        Assert.All(lines, line => Assert.Null(line.Fault));
    }

    [Theory]
    [InlineData("alice@localhost")]
    [InlineData("alice@localhost ")]
    [InlineData(" pw")]
    public async Task A_line_without_both_parts_is_at_fault(string text) =>
        Assert.Equal("not 'address password'", Assert.Single(await Read(text)).Fault);

    [Fact]
    public async Task A_line_that_is_not_UTF8_is_at_fault()
    {
        using var reader = new StreamReader(new MemoryStream([.. "a@x p"u8, 0xFC, .. "ss\n"u8]));

        Assert.Equal("not UTF-8", (await ImportLines.Read(reader, default).SingleAsync()).Fault);
    }

    [Fact]
    public async Task An_endless_line_is_one_fault_and_the_next_line_is_read()
    {
        var lines = await Read(new string('x', 100_000) + "\na@x pw\n");

        Assert.Equal((1, 64), (lines[0].Number, lines[0].Text.Length));
        Assert.NotNull(lines[0].Fault);
        Assert.Equal((2, "a@x pw"), (lines[1].Number, lines[1].Text));
    }

    [Fact]
    public async Task The_longest_line_passes()
    {
        var text = "a@x " + new string('p', ImportLines.MaxLength - 4);

        Assert.Equal((text, null), Assert.Single((await Read(text + "\n")).Select(l => (l.Text, l.Fault))));
    }

    [Fact]
    public async Task An_empty_file_has_no_lines() => Assert.Empty(await Read(""));

    private static async Task<List<ImportLine>> Read(string text)
    {
        using var reader = new StringReader(text);
        return await ImportLines.Read(reader, default).ToListAsync();
    }
}
