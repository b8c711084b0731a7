using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Presence.Gateway.Tests.Fakes;

namespace Presence.Gateway.Tests.Admin;

public sealed class AdminApiTests : IAsyncLifetime
{
    private AdminHost _host = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await AdminHost.Start();
        _admin = _host.Client(_host.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_the_token_nobody_gets_in(string? token)
    {
        using var stranger = _host.Client(token);

        using var answer = await stranger.GetAsync("admin/users");

        await AssertProblem(answer, HttpStatusCode.Unauthorized, "token");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task An_added_user_is_listed_in_canonical_form_and_has_the_password()
    {
        using var answer = await Add("Alice@A.Example", "pencil");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("""{"users":["alice@a.example"]}""",
            await _admin.GetStringAsync("admin/users"));
        Assert.True(_host.Accounts.VerifierOf("alice@a.example")!.Matches("pencil"));
    }

    [Fact]
    public async Task Users_of_all_domains_are_listed_in_order()
    {
        foreach (var address in (string[])["zoe@a.example", "bob@b.example", "anne@a.example"])
            (await Add(address, "pencil")).Dispose();

        Assert.Equal(
            """{"users":["anne@a.example","bob@b.example","zoe@a.example"]}""",
            await _admin.GetStringAsync("admin/users"));
    }

    [Fact]
    public async Task A_second_user_of_the_same_name_is_refused_and_the_first_keeps_the_password()
    {
        (await Add("alice@a.example", "pencil")).Dispose();

        using var answer = await Add("ALICE@a.example", "another");

        await AssertProblem(answer, HttpStatusCode.Conflict, "alice@a.example");
        Assert.True(_host.Accounts.VerifierOf("alice@a.example")!.Matches("pencil"));
    }

    [Theory]
    [InlineData("alice", "pencil", "domain")]
    [InlineData("a.example", "pencil", "no user")]
    [InlineData("alice@c.example", "pencil", "The domain c.example is not hosted here.")]
    [InlineData("admin@a.example", "pencil", "The name admin is reserved.")]
    [InlineData("al ice@a.example", "pencil", "name before the @")]
    [InlineData("alice@a.example", "", "The password is empty.")]
    [InlineData("alice@a.example", null, "The password is missing.")]
    [InlineData("alice@a.example", "\uFB01sh", "The password contains characters")]
    [InlineData(null, "pencil", "empty")]
    public async Task What_cannot_be_a_user_is_refused_with_a_reason(string? address, string? password, string why)
    {
        using var answer = await Add(address, password);

        await AssertProblem(answer, HttpStatusCode.BadRequest, why);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"address":7}""")]
    public async Task What_is_not_the_json_expected_is_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await _admin.PostAsync("admin/users", content);

        await AssertProblem(answer, HttpStatusCode.BadRequest, "");
    }

    [Fact]
    public async Task A_changed_password_is_the_new_one()
    {
        (await Add("alice@a.example", "pencil")).Dispose();

        using var answer = await _admin.PutAsJsonAsync(
            "admin/users/alice%40a.example/password", new { password = "eraser" });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.True(_host.Accounts.VerifierOf("alice@a.example")!.Matches("eraser"));
    }

    [Fact]
    public async Task A_removed_user_is_gone_and_cannot_be_removed_again()
    {
        (await Add("alice@a.example", "pencil")).Dispose();

        using var first = await _admin.DeleteAsync("admin/users/alice@a.example");
        using var second = await _admin.DeleteAsync("admin/users/alice@a.example");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await AssertProblem(second, HttpStatusCode.NotFound, "There is no user alice@a.example.");
        Assert.Equal("""{"users":[]}""", await _admin.GetStringAsync("admin/users"));
    }

    [Fact]
    public async Task The_password_of_nobody_cannot_be_changed()
    {
        using var answer = await _admin.PutAsJsonAsync("admin/users/bob@a.example/password", new { password = "x" });

        await AssertProblem(answer, HttpStatusCode.NotFound, "There is no user bob@a.example.");
    }

    [Fact]
    public async Task A_failure_of_the_node_is_told_without_its_details()
    {
        _host.Accounts.Fault = new InvalidOperationException("inner secret");

        using var answer = await _admin.GetAsync("admin/users");

        await AssertProblem(answer, HttpStatusCode.InternalServerError, "The node failed; its log says how.");
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OrleansException))]
    public async Task Silos_that_do_not_answer_are_told_as_such(Type fault)
    {
        _host.Accounts.Fault = (Exception)Activator.CreateInstance(fault)!;

        using var answer = await _admin.GetAsync("admin/users");

        await AssertProblem(answer, HttpStatusCode.ServiceUnavailable, "try again");
        Assert.Equal("1", answer.Headers.RetryAfter?.ToString());
    }

    [Fact]
    public async Task Health_is_open_to_everyone()
    {
        using var stranger = _host.Client(null);

        var health = await stranger.GetFromJsonAsync<JsonElement>("healthz");

        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal("Microsoft Orleans 10.4.2", health.GetProperty("engine").GetString());
        Assert.Equal("a.example", health.GetProperty("domain").GetString());
    }

    private Task<HttpResponseMessage> Add(string? address, string? password) =>
        _admin.PostAsJsonAsync("admin/users", new { address, password });

    private static async Task AssertProblem(HttpResponseMessage answer, HttpStatusCode status, string detail)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
