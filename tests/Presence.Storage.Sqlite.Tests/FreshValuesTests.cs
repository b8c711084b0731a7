namespace Presence.Storage.Sqlite.Tests;

public sealed class FreshValuesTests
{
    private static readonly JsonGrainStorageSerializer Json = new();

    [Fact]
    public void A_fresh_state_stores_nothing_and_reads_the_same()
    {
        var stored = Json.Serialize(new Shelf());

        Assert.Equal("{}", stored.ToString());
        Assert.Equivalent(new Shelf(), Json.Deserialize<Shelf>(stored), strict: true);
    }

    [Fact]
    public void What_differs_from_a_fresh_state_is_stored_though_it_be_empty_or_zero()
    {
        var cleared = new Shelf { Label = "", Books = ["Emma"], Boards = 0, Keys = null, Height = 0, Colour = "" };

        var stored = Json.Serialize(cleared);

        Assert.Equal("""{"label":"","boards":0,"books":["Emma"],"keys":null,"height":0,"colour":""}""", stored.ToString());
        Assert.Equivalent(cleared, Json.Deserialize<Shelf>(stored), strict: true);
    }

    private sealed class Shelf
    {
        public string Label { get; set; } = "new";

        public int Boards { get; set; } = 3;

        public int Room { get; set; }

        public List<string> Books { get; set; } = [];

        public Dictionary<string, int>? Keys { get; set; } = [];

        public int? Height { get; set; }

        public string? Colour { get; set; }
    }
}
