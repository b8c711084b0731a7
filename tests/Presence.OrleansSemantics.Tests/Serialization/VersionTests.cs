using System.Collections.Immutable;
using System.Text;
using Orleans.Serialization;
using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Serialization;

/// <summary>Two versions of a process talk while a cluster is upgraded: what the one adds the other does not know.</summary>
public sealed class VersionTests(SemanticsSilo silo)
{
    private readonly Serializer _serializer = silo.Service<Serializer>();

    [Fact]
    public void What_a_newer_version_has_added_is_passed_over()
    {
        var octets = _serializer.SerializeToArray(new Newer("tea", 3, ["milk", "sugar"], new Older("pot", 1)));

        Assert.Equal(new Older("tea", 3), _serializer.Deserialize<Older>(octets));
    }

    [Fact]
    public void What_an_older_version_does_not_know_has_its_default()
    {
        var came = _serializer.Deserialize<Newer>(_serializer.SerializeToArray(new Older("tea", 3)))!;

        Assert.Equal(("tea", 3, null), (came.Name, came.Number, came.Within));
        Assert.True(came.More.IsDefault);
    }

    /// <summary>A default in a constructor is not asked for: it must be the one that the type has.</summary>
    [Fact]
    public void A_default_that_a_constructor_names_does_not_count() =>
        Assert.Equal(0, _serializer.Deserialize<Limited>(_serializer.SerializeToArray(new Older("tea", 3)))!.Limit);

    [Fact]
    public void A_member_whose_number_means_something_else_is_not_understood()
    {
        var octets = _serializer.SerializeToArray(new Renumbered("tea", "three"));

        Assert.ThrowsAny<Exception>(() => _serializer.Deserialize<Older>(octets));
    }

    /// <summary>Therefore a new kind of notice is sent only once every version understands it.</summary>
    [Fact]
    public void A_type_that_the_other_does_not_know_is_refused()
    {
        var octets = _serializer.SerializeToArray<object>(new Newer("tea", 3, [], null));
        var text = Encoding.Latin1.GetString(octets);
        Assert.Contains("semantics.newer", text, StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => _serializer.Deserialize<object>(
            Encoding.Latin1.GetBytes(text.Replace("semantics.newer", "semantics.never", StringComparison.Ordinal))));
    }
}

[GenerateSerializer, Immutable, Alias("semantics.older")]
public sealed record Older([property: Id(0)] string Name, [property: Id(1)] int Number);

[GenerateSerializer, Immutable, Alias("semantics.newer")]
public sealed record Newer(
    [property: Id(0)] string Name,
    [property: Id(1)] int Number,
    [property: Id(2)] ImmutableArray<string> More,
    [property: Id(3)] Older? Within);

[GenerateSerializer, Immutable, Alias("semantics.limited")]
public sealed record Limited([property: Id(0)] string Name, [property: Id(2)] int Limit = 8);

[GenerateSerializer, Immutable, Alias("semantics.renumbered")]
public sealed record Renumbered([property: Id(0)] string Name, [property: Id(1)] string Number);
