using System.Text.Json;
using System.Text.Json.Serialization;

namespace Presence.Storage.Sqlite.Tests;

public sealed class JsonGrainStorageSerializerTests
{
    [Fact]
    public void A_state_is_one_compact_line_with_camel_case_names()
    {
        var json = new JsonGrainStorageSerializer().Serialize(new Note { Text = "Zoë & Привет", Number = 3 });

        Assert.Equal("""{"text":"Zoë & Привет","number":3}""", json.ToString());
    }

    [Fact]
    public void Properties_of_other_versions_are_skipped_or_keep_their_defaults()
    {
        var note = new JsonGrainStorageSerializer().Deserialize<Note>(new BinaryData("""{"colour":1,"number":3}"""));

        Assert.Equal(new Note { Number = 3 }, note);
    }

    [Fact]
    public void Value_types_bring_their_converters()
    {
        var serializer = new JsonGrainStorageSerializer(options => options.Converters.Add(new RoomConverter()));

        var json = serializer.Serialize(new Dictionary<Room, Room> { [new Room("hall")] = new Room("yard") });

        Assert.Equal("""{"hall":"yard"}""", json.ToString());
        Assert.Equal(new Room("yard"), serializer.Deserialize<Dictionary<Room, Room>>(json)![new Room("hall")]);
    }

    [Fact]
    public void What_is_not_json_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => new JsonGrainStorageSerializer().Deserialize<Note>(new BinaryData("{")));

    private readonly record struct Room(string Name);

    private sealed class RoomConverter : JsonConverter<Room>
    {
        public override Room Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Room value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);

        public override Room ReadAsPropertyName(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Room value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Name);
    }
}
