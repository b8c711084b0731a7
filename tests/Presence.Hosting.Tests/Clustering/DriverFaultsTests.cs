using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using Presence.Hosting.Clustering;

namespace Presence.Hosting.Tests.Clustering;

/// <summary>What a store's driver throws at a silo reaches a gateway as what it is: a store that does not serve.</summary>
public sealed class DriverFaultsTests
{
    [Fact]
    public void A_fault_of_the_store_arrives_with_its_cause()
    {
        var services = new ServiceCollection();
        services.AddSerializer();
        DriverFaults.Pass(services);
        using var provider = services.BuildServiceProvider();
        var serializer = provider.GetRequiredService<Serializer>();
        var cause = new PostgresException("terminating connection", "FATAL", "FATAL", "57P01");

        var octets = serializer.SerializeToArray<Exception>(new OrleansException("The account could not be read.", cause));
        var came = serializer.Deserialize<Exception>(octets);

        Assert.IsType<OrleansException>(came);
        Assert.Contains("terminating connection", came.InnerException?.Message, StringComparison.Ordinal);
    }
}
