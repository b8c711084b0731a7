using k8s;
using k8s.Models;

namespace Presence.Deploy.Tests;

/// <summary>The objects of deploy/kubernetes/base, read as strictly as the API server would: a field that it does not know is an error.</summary>
internal static class Manifests
{
    public static readonly string Root = FindRoot();

    public static readonly string Base = Path.Combine(Root, "deploy", "kubernetes", "base");

    public static readonly IReadOnlyList<string> Files =
        [.. Directory.GetFiles(Base, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal)];

    public static readonly IReadOnlyList<object> All = [.. Files.SelectMany(Read)];

    public static IReadOnlyList<V1Deployment> Workloads => [.. All.OfType<V1Deployment>()];

    public static IEnumerable<V1PodSpec> Pods =>
        Workloads.Select(w => w.Spec.Template.Spec).Concat(All.OfType<V1Job>().Select(job => job.Spec.Template.Spec));

    public static IEnumerable<object> Read(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of a checkout.");
        return folder.FullName;
    }
}
