using System.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Presence.Transports.Grpc.Hosting;

/// <summary>
/// Finds the methods of a service as Grpc.AspNetCore does, by the generated BindService, but lets each read its requests so
/// that octets which are no message are the caller's fault: INVALID_ARGUMENT, where the library says UNKNOWN, and writes an
/// error with a stack into the log for whoever sends nonsense.
/// </summary>
internal sealed class CheckedMethods<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        if (Binding() is not { } binding)
            return;
        // The second parameter is an instance, which is made for each call and not needed here.
        binding.Invoke(null, [new CheckedBinder<TService>(context), null]);
    }

    private static MethodInfo? Binding()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
            {
                return attribute.BindType.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(method =>
                    method.Name == attribute.BindMethodName && method.GetParameters() is [var binder, _]
                    && binder.ParameterType == typeof(ServiceBinderBase));
            }
        }

        return null;
    }
}
