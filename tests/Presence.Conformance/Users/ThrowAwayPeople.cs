using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Presence.Conformance.Run;

namespace Presence.Conformance.Users;

/// <summary>Accounts cf-… made over a node's HTTP administration and removed at the end.</summary>
internal sealed class ThrowAwayPeople : IPeople
{
    private readonly HttpClient _http;
    private readonly string _domain;
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
    private int _count;

    /// <param name="token">Content of the node's admin.token.</param>
    public ThrowAwayPeople(Uri administration, string token, string domain)
    {
        // The token must reach nobody but the node: no proxy, no redirect.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = administration };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _domain = domain;
    }

    public bool AreFresh => true;

    public async Task<Person> Take(string role, CancellationToken cancel)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var person = new Person(role, $"cf-{_run}-{Interlocked.Increment(ref _count)}", password, _domain);
        using var answer = await _http.PostAsJsonAsync("admin/users", new { address = person.Address, password }, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"The administration refused the user {person}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");
        }

        _made[person.Address] = true;
        return person;
    }

    public void Return(IReadOnlyList<Person> people)
    {
        // Each is used once; all go at the end, so that removing does not disturb what is measured.
    }

    public async Task Remove(Person person, CancellationToken cancel)
    {
        using var answer = await _http.DeleteAsync($"admin/users/{Uri.EscapeDataString(person.Address)}", cancel);
        if (!answer.IsSuccessStatusCode)
            throw new CheckFailedException($"the administration could not remove {person}: {(int)answer.StatusCode}");
        _made.TryRemove(person.Address, out _);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var address in _made.Keys)
        {
            try
            {
                using var answer = await _http.DeleteAsync($"admin/users/{Uri.EscapeDataString(address)}");
            }
            catch (HttpRequestException)
            {
                // A node that is gone has no accounts left to clean.
                break;
            }
        }

        _http.Dispose();
    }
}
