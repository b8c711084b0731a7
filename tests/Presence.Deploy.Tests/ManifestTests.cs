using k8s.Models;
using Presence.Gateway.Options;
using Presence.Hosting.Options;
using Presence.SiloHost;

namespace Presence.Deploy.Tests;

/// <summary>What Kubernetes is asked for, checked without a cluster.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Files => [.. Manifests.Files.Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_object_is_of_a_kind_and_has_fields_that_Kubernetes_knows(string file) =>
        Assert.NotEmpty(Manifests.Read(Path.Combine(Manifests.Base, file)));

    [Fact]
    public void Every_file_is_named_by_the_kustomization_and_every_name_is_a_file()
    {
        var named = File.ReadAllLines(Path.Combine(Manifests.Base, "kustomization.yaml"))
            .Where(line => line.StartsWith("  - ", StringComparison.Ordinal) && line.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(line => line[4..]).Order(StringComparer.Ordinal);

        Assert.Equal(Manifests.Files.Select(file => Path.GetFileName(file)), named);
    }

    [Fact]
    public void Containers_run_without_rights_and_cannot_write_their_image()
    {
        foreach (var pod in Manifests.Pods)
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.NotNull(container.Resources.Limits["memory"]);
            });
        }
    }

    [Fact]
    public void Every_workload_is_probed_spread_guarded_and_scaled()
    {
        Assert.Equal(2, Manifests.Workloads.Count);
        foreach (var workload in Manifests.Workloads)
        {
            var container = Assert.Single(workload.Spec.Template.Spec.Containers);
            Assert.Equal("/healthz/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/healthz/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.NotNull(container.StartupProbe);
            Assert.NotEmpty(workload.Spec.Template.Spec.TopologySpreadConstraints);
            Assert.Contains(Manifests.All.OfType<V1PodDisruptionBudget>(), budget => Selects(budget.Spec.Selector, workload));
            Assert.Contains(Manifests.All.OfType<V1NetworkPolicy>(), policy => Selects(policy.Spec.PodSelector, workload));
            Assert.Contains(Manifests.All.OfType<V2HorizontalPodAutoscaler>(),
                scaler => scaler.Spec.ScaleTargetRef.Name == workload.Metadata.Name);
        }
    }

    [Theory]
    [InlineData("presence-gateway", 10)]
    [InlineData("presence-silo", 30)]
    public void A_pod_may_take_longer_to_end_than_the_process_needs_to_drain(string name, int drain)
    {
        var workload = Manifests.Workloads.Single(workload => workload.Metadata.Name == name);

        Assert.True(workload.Spec.Template.Spec.TerminationGracePeriodSeconds >= drain + 10);
    }

    [Fact]
    public void Services_lead_to_ports_that_are_there()
    {
        foreach (var service in Manifests.All.OfType<V1Service>())
        {
            var workload = Manifests.Workloads.Single(
                workload => service.Spec.Selector.All(pair => workload.Spec.Template.Metadata.Labels[pair.Key] == pair.Value));
            var ports = workload.Spec.Template.Spec.Containers[0].Ports.Select(port => port.Name).ToHashSet();
            Assert.All(service.Spec.Ports, port => Assert.Contains(port.TargetPort.Value, ports));
        }
    }

    [Fact]
    public void What_is_configured_are_keys_that_the_programs_know()
    {
        var maps = Manifests.All.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys);
        var set = Manifests.Workloads.SelectMany(w => w.Spec.Template.Spec.Containers[0].Env ?? []).Select(one => one.Name);
        foreach (var name in maps.Concat(set).Where(name => name.StartsWith("Presence", StringComparison.Ordinal)))
        {
            var key = name.Replace("__", ":", StringComparison.Ordinal);
            Assert.True(OptionCatalogue.Set.Find(key) is not null || SiloOptionCatalogue.Set.Find(key) is not null, key);
        }

        Assert.All(
            Manifests.All.OfType<V1ConfigMap>().SelectMany(map => map.Data),
            pair => Assert.Null(Rule(pair.Key)?.Fault(pair.Value)));
    }

    [Fact]
    public void No_secret_stands_in_a_manifest()
    {
        Assert.Empty(Manifests.All.OfType<V1Secret>());
        Assert.DoesNotContain(
            Manifests.All.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys),
            name => (Find(name)?.IsSecret) == true);
    }

    private static OptionRule? Rule(string name) => Find(name)?.Rule;

    private static OptionKey? Find(string name) =>
        OptionCatalogue.Set.Find(name.Replace("__", ":", StringComparison.Ordinal));

    private static bool Selects(V1LabelSelector selector, V1Deployment workload) =>
        selector.MatchLabels.All(pair => workload.Spec.Template.Metadata.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
