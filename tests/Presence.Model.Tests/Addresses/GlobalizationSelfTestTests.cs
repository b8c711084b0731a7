using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class GlobalizationSelfTestTests
{
    [Fact]
    [Trait("Conformance", "LOC-03")]
    public void A_process_with_ICU_may_start() => Assert.Null(GlobalizationSelfTest.Check());
}
