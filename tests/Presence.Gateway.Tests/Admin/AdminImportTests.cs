using System.Net;
using System.Text;
using System.Text.Json;
using Presence.Gateway.Admin;
using Presence.Gateway.Tests.Fakes;
using Presence.Model.Accounts;

namespace Presence.Gateway.Tests.Admin;

public sealed class AdminImportTests : IAsyncLifetime
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

    [Fact]
    public async Task Good_lines_become_users_and_the_rest_is_told_by_line()
    {
        var report = await Report(
            "alice@a.example pencil\r\n\nbob@b.example two words\nadmin@a.example x\nnobody\ncarol@c.example x");

        Assert.Equal(2, report.GetProperty("added").GetInt32());
        Assert.Equal(0, report.GetProperty("existing").GetInt32());
        Assert.Equal(
            [
                (4, "admin@a.example", "The name admin is reserved."),
                (5, "nobody", "The address names a domain and no user."),
                (6, "carol@c.example", "The domain c.example is not hosted here."),
            ],
            report.GetProperty("refused").EnumerateArray().Select(line => (
                line.GetProperty("line").GetInt32(),
                line.GetProperty("address").GetString()!,
                line.GetProperty("why").GetString()!)));
        Assert.True(_host.Accounts.VerifierOf("alice@a.example")!.Matches("pencil"));
        Assert.True(_host.Accounts.VerifierOf("bob@b.example")!.Matches("two words"));
    }

    [Fact]
    public async Task A_second_run_adds_nothing_and_changes_no_password()
    {
        await Report("alice@a.example pencil\n");

        var report = await Report("\uFEFFalice@a.example eraser\nbob@a.example x\nBob@a.example y\n");

        Assert.Equal(1, report.GetProperty("added").GetInt32());
        Assert.Equal(2, report.GetProperty("existing").GetInt32());
        Assert.True(_host.Accounts.VerifierOf("alice@a.example")!.Matches("pencil"));
    }

    [Fact]
    public async Task More_lines_than_a_batch_are_all_read()
    {
        var text = Lines(10_100, number => $"user{number}\n");

        var report = await Report(text + "alice@a.example pencil\n");

        Assert.Equal(1, report.GetProperty("added").GetInt32());
        Assert.Equal(ImportReport.MaxRefused, report.GetProperty("refused").GetArrayLength());
        Assert.Equal(10_100, report.GetProperty("refusedCount").GetInt32());
    }

    [Fact]
    public async Task Each_of_many_users_gets_the_password_of_its_line()
    {
        var count = (2 * ScramVerifier.BatchSize) + 3;
        await Report("user1@a.example pencil\n");

        var report = await Report(Lines(count, at => $"user{at}@a.example пароль {at}\n"));

        Assert.Equal(count - 1, report.GetProperty("added").GetInt32());
        Assert.Equal(1, report.GetProperty("existing").GetInt32());
        Assert.True(_host.Accounts.VerifierOf("user1@a.example")!.Matches("pencil"));
        Assert.All([0, 2, ScramVerifier.BatchSize, count - 1], at =>
            Assert.True(_host.Accounts.VerifierOf($"user{at}@a.example")!.Matches($"пароль {at}")));
        var salts = Enumerable.Range(0, count)
            .Select(at => Convert.ToHexString(_host.Accounts.VerifierOf($"user{at}@a.example")!.Salt));
        Assert.Equal(count, salts.Distinct().Count());
    }

    [Fact]
    public async Task A_line_without_a_password_is_refused()
    {
        var report = await Report("alice@a.example \nbob@a.example\ncarol@a.example x\n");

        Assert.Equal(1, report.GetProperty("added").GetInt32());
        Assert.Equal(
            ["The password is empty.", "The password is missing."],
            report.GetProperty("refused").EnumerateArray().Select(line => line.GetProperty("why").GetString()!));
    }

    [Fact]
    public async Task A_fault_of_the_accounts_ends_the_import()
    {
        _host.Accounts.CreateFault = new TimeoutException();
        using var content = new StringContent(Lines(300, at => $"user{at}@a.example x\n"));

        using var answer = await _admin.PostAsync("admin/users/import", content);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_utf_8_is_refused()
    {
        using var content = new ByteArrayContent([0x61, 0xFF, 0x0A]);

        using var answer = await _admin.PostAsync("admin/users/import", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_refused_unread()
    {
        using var content = new StreamContent(Stream.Null);
        content.Headers.ContentLength = (32 * 1024 * 1024) + 1;
        using var request = new HttpRequestMessage(HttpMethod.Post, "admin/users/import") { Content = content };
        request.Headers.ExpectContinue = true;

        using var answer = await _admin.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(line));

    private async Task<JsonElement> Report(string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/plain");
        using var answer = await _admin.PostAsync("admin/users/import", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }
}
