using System.IO.Compression;
using System.Text;

namespace Presence.Storage.Sqlite.Tests;

public sealed class PackedJsonSerializerTests
{
    private static readonly PackedJsonSerializer Packed = new(new JsonGrainStorageSerializer());
    private static readonly PackedJsonSerializer Taught = new(
        new JsonGrainStorageSerializer(), Encoding.UTF8.GetBytes("{\"text\":\"What is said in many a state: \"}"));

    private static readonly Note Long = new() { Text = string.Join(' ', Enumerable.Range(0, 200).Select(n => $"bench{n}@localhost")) };

    [Fact]
    public void A_short_state_is_the_json_that_everybody_can_read()
    {
        var stored = Packed.Serialize(new Note { Text = "hall", Number = 3 });

        Assert.Equal("""{"text":"hall","number":3}""", stored.ToString());
    }

    [Fact]
    public void A_long_state_takes_less_than_half_of_its_json_and_reads_the_same()
    {
        var stored = Packed.Serialize(Long);

        Assert.InRange(stored.Length, 1, new JsonGrainStorageSerializer().Serialize(Long).Length / 2);
        Assert.Equal(Long, Packed.Deserialize<Note>(stored));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(20_000)]
    public void A_state_is_stored_alike_whatever_was_stored_before_it(int members)
    {
        var list = new Note { Text = string.Join(' ', Enumerable.Range(0, members).Select(n => $"bench{n}@localhost")) };
        var (long1, list1) = (Taught.Serialize(Long), Taught.Serialize(list));

        Assert.Equal("""{"text":"hall","number":3}""", Taught.Serialize(new Note { Text = "hall", Number = 3 }).ToString());
        Assert.Equal(long1.ToArray(), Taught.Serialize(Long).ToArray());
        Assert.Equal(Long, Taught.Deserialize<Note>(long1));
        Assert.Equal(list, Taught.Deserialize<Note>(list1));
    }

    [Fact]
    public void What_an_earlier_version_stored_as_json_reads_as_before()
    {
        var stored = new JsonGrainStorageSerializer().Serialize(Long);

        Assert.Equal(Long, Packed.Deserialize<Note>(stored));
    }

    [Fact]
    public void Packed_octets_that_were_damaged_are_refused()
    {
        var octets = Packed.Serialize(Long).ToArray();
        octets[octets.Length / 2] ^= 0xFF;

        Assert.Throws<InvalidDataException>(() => Packed.Deserialize<Note>(new BinaryData(octets)));
    }

    [Fact]
    public void What_stands_in_the_words_is_hardly_stored()
    {
        var note = new Note { Text = $"What is said in many a state: {string.Concat(Enumerable.Range(0, 60))}" };

        Assert.InRange(Taught.Serialize(note).Length, 1, Packed.Serialize(note).Length - 30);
        Assert.Equal(note, Taught.Deserialize<Note>(Taught.Serialize(note)));
    }

    [Fact]
    public void With_words_all_is_read_that_was_stored_without()
    {
        var json = new JsonGrainStorageSerializer().Serialize(Long);
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(json);

        Assert.Equal(Long, Taught.Deserialize<Note>(json));
        Assert.Equal(Long, Taught.Deserialize<Note>(new BinaryData(packed.ToArray())));
    }

    [Fact]
    public void Other_words_do_not_read_what_was_packed_with_these()
    {
        var stored = Taught.Serialize(Long);

        Assert.Throws<InvalidDataException>(() => Packed.Deserialize<Note>(stored));
    }
}
