using System.Text;
using System.Text.Json;

namespace Presence.Gateway.Admin;

/// <summary>The edge of administration: what reading a body or calling a grain may throw becomes an answer.</summary>
internal sealed partial class AdminFaults(ILogger<AdminFaults> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException fault)
        {
            return Problems.Of(fault.StatusCode, fault.Message);
        }
        catch (JsonException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "The body is not the JSON object expected.");
        }
        catch (DecoderFallbackException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "The body is not UTF-8.");
        }
        catch (Exception bug) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            LogFailed(bug, context.HttpContext.Request.Method);
            return Problems.Of(StatusCodes.Status500InternalServerError, "The node failed; its log says how.");
        }
    }
}
