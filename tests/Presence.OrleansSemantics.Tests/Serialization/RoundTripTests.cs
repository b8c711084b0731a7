using FsCheck;
using FsCheck.Fluent;
using Orleans.Serialization;
using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Serialization;

/// <summary>Whatever is sent comes as it was: through the real serialiser and through the real copier.</summary>
public sealed class RoundTripTests(SemanticsSilo silo)
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261122UL, 7UL);

    private readonly Serializer _serializer = silo.Service<Serializer>();
    private readonly DeepCopier _copier = silo.Service<DeepCopier>();

    [Fact]
    public void Addresses() => Hold(Samples.Address);

    [Fact]
    public void Property_paths() => Hold(Samples.Paths);

    [Fact]
    public void Property_values() => Hold(Samples.Value);

    [Fact]
    public void Properties() => Hold(Samples.Properties);

    [Fact]
    public void Property_changes() => Hold(Samples.Change);

    [Fact]
    public void Property_deltas() => Hold(Samples.Delta);

    [Fact]
    public void Instant_messages() => Hold(Samples.Message);

    [Fact]
    public void Receipts() => Hold(Samples.Receipt);

    [Fact]
    public void Refusals() => Hold(Samples.Refusal);

    [Fact]
    public void Scram_verifiers() => Hold(Samples.Verifier);

    [Fact]
    public void Subscriptions() => Hold(Samples.Subscriptions);

    [Fact]
    public void Route_batches() => Hold(ContractSamples.Batch);

    [Fact]
    public void Session_notices_of_each_kind() => Hold(ContractSamples.SessionNotice);

    [Fact]
    public void Answers_to_bind() => Hold(ContractSamples.Bound);

    [Fact]
    public void Answers_to_subscribe() => Hold(ContractSamples.Subscribed);

    [Fact]
    public void Writes() => Hold(ContractSamples.Write);

    [Fact]
    public void Answers_to_read() => Hold(ContractSamples.Read);

    [Fact]
    public void Approvals() => Hold(ContractSamples.Approval);

    [Fact]
    public void Lists_of_watchers() => Hold(ContractSamples.Watchers);

    [Fact]
    public void Joins() => Hold(ContractSamples.Join);

    [Fact]
    public void Lists_of_members() => Hold(ContractSamples.Members);

    [Fact]
    public void Policies_of_groups() => Hold(ContractSamples.Policy);

    [Fact]
    public void The_address_of_nobody_stays_what_it_is() =>
        Assert.Equal(default, Sent<Model.Addresses.Address>(default));

    private void Hold<T>(Gen<T> values)
        where T : notnull =>
        Prop.ForAll(values.ToArbitrary(), value =>
        {
            var description = Description.Of(value);
            Assert.Equal(description, Description.Of(Sent(value)));
            Assert.Equal(description, Description.Of(_copier.Copy(value)));
        }).Check(Seeded);

    private T? Sent<T>(T value) => _serializer.Deserialize<T>(_serializer.SerializeToArray(value));
}
