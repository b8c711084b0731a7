using System.Text;
using Presence.Bench.Xmpp;

namespace Presence.Bench.Tests;

public sealed class StanzaSplitterTests
{
    private const string Stream =
        "<?xml version='1.0'?><stream:stream from='localhost' version='1.0'><stream:features><mechanisms><mechanism>PLAIN"
        + "</mechanism></mechanisms></stream:features><presence from='bench3@localhost/e'><status>c17</status></presence>"
        + " <iq type='result' id='q1'/><message from=\"bench4@localhost/a>b\" id='m5'><body>a</body>"
        + "<received xmlns='urn:xmpp:receipts' id='m9'/></message></stream:stream>";

    private static readonly string[] Names =
        ["stream:stream", "stream:features", "presence", "iq", "message", "/stream:stream"];

    [Fact]
    public void A_stream_that_is_torn_anywhere_gives_the_same_stanzas()
    {
        var octets = Encoding.UTF8.GetBytes(Stream);
        for (var tear = 0; tear <= octets.Length; tear++)
        {
            List<string> names = [];
            var used = StanzaSplitter.Take(octets.AsSpan(0, tear), stanza => names.Add(NameOf(stanza)));
            StanzaSplitter.Take(octets.AsSpan(used), stanza => names.Add(NameOf(stanza)));

            Assert.Equal(Names, names);
        }
    }

    [Fact]
    public void What_scenarios_look_for_is_found()
    {
        List<string> found = [];
        StanzaSplitter.Take(Encoding.UTF8.GetBytes(Stream), stanza =>
        {
            found.Add(Text(stanza.Attribute(" from="u8)));
            found.Add(Text(stanza.TextOf("<status>"u8)));
            found.Add(Text(stanza.AttributeOf("<received"u8, " id="u8)));
        });

        Assert.Equal(
            ["localhost", "bench3@localhost/e", "c17", "bench4@localhost/a>b", "m9"], found.Where(text => text.Length > 0));
    }

    private static string NameOf(Stanza stanza) => Text(stanza.Name);

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);
}
