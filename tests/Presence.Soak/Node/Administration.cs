using System.Net.Http.Headers;
using Presence.Soak.Wire;

namespace Presence.Soak.Node;

/// <summary>Makes the users of a run over the node's HTTP administration.</summary>
internal static class Administration
{
    /// <exception cref="SoakException">The administration refuses.</exception>
    public static async Task Import(Uri administration, string tokenFile, IReadOnlyList<Account> accounts, CancellationToken cancel)
    {
        // The token must reach nobody but the node: no proxy, no redirect.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = administration, Timeout = TimeSpan.FromMinutes(10) };
        var token = (await File.ReadAllTextAsync(tokenFile, cancel)).Trim();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var lines = new StringContent(string.Concat(accounts.Select(account => $"{account.Address} {account.Password}\n")));
        using var answer = await http.PostAsync(new Uri("/admin/users/import", UriKind.Relative), lines, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new SoakException($"The users could not be added: {await answer.Content.ReadAsStringAsync(cancel)}");
    }
}
