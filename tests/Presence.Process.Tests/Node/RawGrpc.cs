using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Presence.Process.Tests.Node;

/// <summary>gRPC calls as HTTP/2 requests, so that nothing keeps a test from sending nonsense.</summary>
internal sealed class RawGrpc(IPEndPoint node) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true })
    {
        Timeout = Patience,
    };

    /// <summary>Credentials of alice, password wonderland.</summary>
    public static string Alice { get; } =
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("alice@localhost:wonderland"))}";

    /// <summary>One message with its prefix.</summary>
    public static byte[] Message(ReadOnlySpan<byte> octets, bool isCompressed = false, int? length = null)
    {
        var framed = new byte[5 + octets.Length];
        framed[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), length ?? octets.Length);
        octets.CopyTo(framed.AsSpan(5));
        return framed;
    }

    /// <summary>The status that ends the call; null without one.</summary>
    public async Task<int?> Call(string method, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, new ByteArrayContent(body), headers);
        using var response = await _http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return StatusOf(response);
    }

    /// <summary>A stream whose first message has come; it is open until it is disposed.</summary>
    public async Task<HttpResponseMessage> Open(string method)
    {
        var request = Request(method, new EndlessContent());
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var first = new byte[5];
        await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(first);
        return response;
    }

    public void Dispose() => _http.Dispose();

    private static int? StatusOf(HttpResponseMessage response)
    {
        var told = response.TrailingHeaders.TryGetValues("grpc-status", out var last) ? last
            : response.Headers.TryGetValues("grpc-status", out var only) ? only
            : [];
        return int.TryParse(told.FirstOrDefault(), out var status) ? status : null;
    }

    private HttpRequestMessage Request(string method, HttpContent content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://{node}/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>A body that is begun and goes on until the response is disposed; only then is the stream reset.</summary>
    private sealed class EndlessContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
