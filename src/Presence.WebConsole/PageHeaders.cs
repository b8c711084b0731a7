using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Presence.WebConsole;

/// <summary>What the pages may do in a browser: load their own files, and talk to the server that they came
/// from.</summary>
internal static class PageHeaders
{
    // No inline script or style, no markup made from text (trusted types), no frame around the page, no form that is
    // sent anywhere. 'self' covers the WebSocket of the same host and port.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Kept, but asked for each time: after an update no page runs with modules of two releases.
        headers.CacheControl = "no-cache";
        headers[HeaderNames.XFrameOptions] = "DENY";
    }
}
