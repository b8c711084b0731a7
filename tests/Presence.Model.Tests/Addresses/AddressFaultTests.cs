using System.Reflection;
using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class AddressFaultTests
{
    [Fact]
    public void Every_fault_has_its_own_word_and_a_sentence()
    {
        var faults = typeof(AddressFault).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (AddressFault)f.GetValue(null)!).ToArray();
        Assert.Equal(faults.Length, faults.Select(f => f.Word).Distinct().Count());
        Assert.All(faults, f => Assert.EndsWith(".", f.Sentence.Replace("…", ".", StringComparison.Ordinal)));
        Assert.All(faults, f => Assert.False(f.IsNone));
    }

    [Fact]
    public void The_default_value_is_no_fault()
    {
        Assert.True(default(AddressFault).IsNone);
        Assert.Equal("none", default(AddressFault).Word);
        Assert.Equal("", default(AddressFault).ToString());
    }
}
