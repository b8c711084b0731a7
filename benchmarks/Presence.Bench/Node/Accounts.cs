using System.Net.Http.Headers;
using System.Text;

namespace Presence.Bench.Node;

/// <summary>The users of the generator: bench0, bench1 and so on, all with one password.</summary>
internal static class Accounts
{
    public const string Password = "bench-secret";

    public static string Name(int index) => $"bench{index}";

    /// <summary>Lines as <c>presence user import</c> takes them.</summary>
    public static string ImportLines(int count, string domain)
    {
        var lines = new StringBuilder();
        for (var index = 0; index < count; index++)
            lines.Append(Name(index)).Append('@').Append(domain).Append(' ').Append(Password).Append('\n');
        return lines.ToString();
    }

    /// <summary>Adds those that are missing.</summary>
    /// <exception cref="BenchException">The administration refuses.</exception>
    public static async Task Import(string administration, string tokenFile, int count, string domain)
    {
        using var http = new HttpClient { BaseAddress = new Uri(administration), Timeout = TimeSpan.FromMinutes(10) };
        var token = (await File.ReadAllTextAsync(tokenFile)).Trim();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var lines = new StringContent(ImportLines(count, domain));
        using var answer = await http.PostAsync(new Uri("/admin/users/import", UriKind.Relative), lines);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"The users could not be added: {await answer.Content.ReadAsStringAsync()}");
    }
}
