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
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            // A silo or the store is away, or busy: nothing of ours is wrong, and the same request may do later.
            LogNotServed(context.HttpContext.Request.Method, fault.Message);
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The silos do not answer in time; try again.");
        }
        catch (Exception bug) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            LogFailed(bug, context.HttpContext.Request.Method);
            return Problems.Of(StatusCodes.Status500InternalServerError, "The node failed; its log says how.");
        }
    }
}
