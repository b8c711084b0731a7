using System.Net;
using System.Net.Http.Headers;
using Presence.Process.Tests.Node;

namespace Presence.WebConsole.Tests;

/// <summary>How the pages are served: caching, what they may do, and that they open nothing.</summary>
[Collection(ConsoleNodeCollection.Name)]
public sealed class PagesTests(ConsoleNode node) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(node.Url),
    };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/console")]
    public async Task The_way_to_the_console_is_shown(string path)
    {
        using var answer = await Ask(path);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/console/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/console/", "text/html; charset=utf-8")]
    [InlineData("/console/console.css", "text/css; charset=utf-8")]
    [InlineData("/console/pip/link.js", "text/javascript; charset=utf-8")]
    [InlineData("/console/icon.svg", "image/svg+xml")]
    [InlineData("/admin", "text/html; charset=utf-8")]
    [InlineData("/admin/", "text/html; charset=utf-8")]
    public async Task Each_file_has_its_type_and_may_do_little(string path, string type)
    {
        using var answer = await Ask(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        var policy = Header(answer, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Who_has_a_file_already_is_told_so()
    {
        using var first = await Ask("/console/pip/frame.js");
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
        Assert.False(first.Headers.ETag!.IsWeak);

        using var second = await Ask("/console/pip/frame.js", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());

        using var other = await Ask("/console/pip/scram.js", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_head_request_tells_the_length_alone()
    {
        using var whole = await Ask("/console/");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/console/");
        using var head = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync()).Length, head.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/console/nothing.js")]
    [InlineData("/console/pip")]
    [InlineData("/console/..%2fadmin.token")]
    [InlineData("/console/%2e%2e/presence.db")]
    [InlineData("/console/INDEX.html")]
    public async Task Nothing_else_is_there(string path)
    {
        using var answer = await Ask(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/admin/users")]
    [InlineData("/admin/sessions")]
    public async Task The_page_for_operators_opens_no_administration(string path)
    {
        using var answer = await Ask(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Pages_can_be_switched_off()
    {
        using var folder = new TemporaryFolder();
        await using var bare = await NodeProcess.Start(folder.Path, "--Presence:Listeners:Console=false");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{bare.Http}") };
        foreach (var path in new[] { "/", "/console/", "/admin" })
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var health = await http.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private async Task<HttpResponseMessage> Ask(string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await _http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.GetValues(name));
}
