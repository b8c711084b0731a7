using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Presence.Cli.Options;
using Presence.Model.Addresses;

namespace Presence.Cli.Admin;

/// <summary>Administration of a running node, over its HTTP admin interface.</summary>
internal sealed class AdminApi : IDisposable
{
    private const int LargestAnswer = 64 << 20;
    private const int HttpPort = 8080;

    private readonly HttpClient _http;

    /// <param name="node">Base address.</param>
    /// <param name="token">Content of the node's admin.token.</param>
    public AdminApi(Uri node, string token)
    {
        // The token must reach nobody but the node: no proxy, no redirect.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = node, MaxResponseContentBufferSize = LargestAnswer };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Finds node and token by the environment variables that the node itself is configured with.</summary>
    /// <exception cref="UsageException">A variable makes no sense.</exception>
    /// <exception cref="AdminException">There is no token.</exception>
    public static AdminApi Of(Surroundings surroundings)
    {
        var text = surroundings.Setting("Presence__Listeners__Http") ?? "127.0.0.1:8080";
        if (!ServerAddress.TryParse(text, HttpPort, out var node))
            throw new UsageException($"Presence__Listeners__Http is '{text}', not HOST:PORT.");

        return new AdminApi(new Uri($"http://{node}/"), Token(surroundings.Setting("Presence__Data") ?? "./data"));
    }

    public async Task<IReadOnlyList<string>> List(CancellationToken cancellation) =>
        (await Ask<UserList>(HttpMethod.Get, "admin/users", cancellation)).Users;

    public async Task Add(Address address, string password, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(new NewUser(address.ToString(), password));
        using var answer = await Ask(HttpMethod.Post, "admin/users", body, cancellation);
    }

    public async Task ChangePassword(Address address, string password, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(new NewPassword(password));
        using var answer = await Ask(HttpMethod.Put, $"{PathOf(address)}/password", body, cancellation);
    }

    public async Task Remove(Address address, CancellationToken cancellation)
    {
        using var answer = await Ask(HttpMethod.Delete, PathOf(address), null, cancellation);
    }

    /// <param name="lines">One <c>address password</c> a line.</param>
    public async Task<ImportAnswer> Import(IEnumerable<string> lines, CancellationToken cancellation)
    {
        using var body = new StringContent(string.Join('\n', lines) + "\n", Encoding.UTF8, "text/plain");
        using var answer = await Ask(HttpMethod.Post, "admin/users/import", body, cancellation);
        return await Read<ImportAnswer>(answer, cancellation);
    }

    /// <summary>Why one account sees another as it does.</summary>
    public async Task<Explanation> Explain(Address asker, Address user, CancellationToken cancellation)
    {
        var query = $"asker={Uri.EscapeDataString(asker.ToString())}&user={Uri.EscapeDataString(user.ToString())}";
        return await Ask<Explanation>(HttpMethod.Get, $"admin/explain?{query}", cancellation);
    }

    /// <summary>All that is kept of a user.</summary>
    public Task<Exported> Export(Address user, CancellationToken cancellation) =>
        Ask<Exported>(HttpMethod.Get, $"{PathOf(user)}/export", cancellation);

    /// <summary>Removes a user and his traces.</summary>
    public Task<Erased> Erase(Address user, CancellationToken cancellation) =>
        Ask<Erased>(HttpMethod.Post, $"{PathOf(user)}/erase", cancellation);

    /// <summary>Who watches an address.</summary>
    public Task<WatcherList> Watchers(Address user, CancellationToken cancellation) =>
        Ask<WatcherList>(HttpMethod.Get, $"{PathOf(user)}/watchers", cancellation);

    /// <param name="user">Only his sessions; null for all.</param>
    public Task<SessionList> Sessions(string? user, int most, CancellationToken cancellation) => Ask<SessionList>(
        HttpMethod.Get, $"admin/sessions?limit={most}" + (user is null ? "" : $"&user={Uri.EscapeDataString(user)}"), cancellation);

    /// <summary>Ends one session of this node.</summary>
    public Task<Ended> KickSession(string id, CancellationToken cancellation) =>
        Ask<Ended>(HttpMethod.Delete, $"admin/sessions/{Uri.EscapeDataString(id)}", cancellation);

    /// <summary>Ends sessions of a user, at whatever node.</summary>
    public Task<Ended> KickUser(Address user, string? endpoint, CancellationToken cancellation) => Ask<Ended>(
        HttpMethod.Delete,
        $"{PathOf(user)}/sessions" + (endpoint is null ? "" : $"?endpoint={Uri.EscapeDataString(endpoint)}"), cancellation);

    public Task<Drained> Drain(CancellationToken cancellation) =>
        Ask<Drained>(HttpMethod.Post, "admin/drain", cancellation);

    /// <summary>Says something to every session of this node.</summary>
    public async Task<Announced> Announce(string text, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(new Announcement(text));
        using var answer = await Ask(HttpMethod.Post, "admin/announce", body, cancellation);
        return await Read<Announced>(answer, cancellation);
    }

    public Task<DomainList> Domains(CancellationToken cancellation) =>
        Ask<DomainList>(HttpMethod.Get, "admin/domains", cancellation);

    public Task<NodeReport> Statistics(CancellationToken cancellation) =>
        Ask<NodeReport>(HttpMethod.Get, "admin/stats", cancellation);

    public void Dispose() => _http.Dispose();

    private static string PathOf(Address address) => $"admin/users/{Uri.EscapeDataString(address.ToString())}";

    private static string Token(string data)
    {
        var file = Path.Combine(data, "admin.token");
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AdminException(
                $"No admin token in {file}: start the node, or set Presence__Data to its data directory. "
                + $"({exception.Message})", ExitCode.CannotConnect);
        }
    }

    private async Task<T> Ask<T>(HttpMethod method, string path, CancellationToken cancellation)
    {
        using var answer = await Ask(method, path, null, cancellation);
        return await Read<T>(answer, cancellation);
    }

    private async Task<HttpResponseMessage> Ask(
        HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, cancellation);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The node at {_http.BaseAddress} did not answer.", exception);
        }

        if (answer.IsSuccessStatusCode)
            return answer;

        using (answer)
        {
            var detail = await Detail(answer, cancellation);
            throw AdminException.Refused(answer.StatusCode, detail, request.RequestUri);
        }
    }

    private static async Task<string?> Detail(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;

        var problem = await Read<Problem>(answer, cancellation);
        return problem.Detail ?? problem.Title ?? "";
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            if (await answer.Content.ReadFromJsonAsync<T>(cancellation) is { } read)
                return read;
        }
        catch (JsonException)
        {
            // Told below, like an empty answer.
        }

        throw new AdminException("The node's answer is not understood.", ExitCode.Refused);
    }
}
