using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests.LogEvents;

/// <summary>Operators filter and alert by event id, so an id means one thing for ever and is listed.</summary>
public sealed class LogEventTests
{
    private const string Page = "docs/operations/log-events.md";

    /// <summary>The first id of each project's block of a thousand.</summary>
    private static readonly Dictionary<string, int> Blocks = new(StringComparer.Ordinal)
    {
        ["Sessions"] = 1000,
        ["Transports"] = 2000,
        ["Federation"] = 2000,
        ["Grains"] = 3000,
        ["Storage.Sqlite"] = 4000,
        ["Hosting"] = 5000,
        ["gateway"] = 5000,
        ["silo-host"] = 5000,
        ["Client"] = 6000,
    };

    private static readonly LogEvent[] Listed =
        [.. File.ReadLines(Path.Combine(Checkout.Root, Page)).Select(LogEvent.ReadRow).OfType<LogEvent>()];

    [Fact]
    public void Each_id_stands_for_one_event()
    {
        Assert.NotEmpty(LogEvent.Declared);
        Rule.HasNoBreach(
            from declared in LogEvent.Declared
            group declared.Place by declared.Event.Id into places
            where places.Count() > 1
            select $"{places.Key}: {string.Join(", ", places)}");
    }

    [Fact]
    public void Each_id_lies_in_the_block_of_its_project() => Rule.HasNoBreach(
        from declared in LogEvent.Declared
        let first = Blocks.GetValueOrDefault(declared.Event.Project)
        where first == 0 || declared.Event.Id < first || declared.Event.Id >= first + 1000
        select $"{declared.Place}: {declared.Event.Id} is not of the block of {declared.Event.Project}");

    [Fact]
    public void Every_event_is_on_the_page_as_it_is_in_the_source() => Rule.HasNoBreach(
        LogEvent.Declared.Where(declared => !Listed.Contains(declared.Event))
            .Select(declared => $"add to {Page}, with advice: {declared.Event.Row}  ({declared.Place})"));

    [Fact]
    public void Every_event_on_the_page_is_in_a_source_or_retired() => Rule.HasNoBreach(
        from listed in Listed
        where listed.Level != "retired" && !LogEvent.Declared.Select(declared => declared.Event).Contains(listed)
        select $"{Page}: no source has {listed.Row}");

    [Fact]
    public void A_retired_id_is_not_used_again() => Assert.Empty(
        Listed.Where(listed => listed.Level == "retired").Select(listed => listed.Id)
            .Intersect(LogEvent.Declared.Select(declared => declared.Event.Id)));

    [Fact]
    public void The_page_lists_each_id_once_and_in_order() =>
        Assert.Equal(Listed.Select(listed => listed.Id).Order().Distinct(), Listed.Select(listed => listed.Id));
}
