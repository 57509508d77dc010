using Gplusck.Tokenomics.Rules;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gplusck.Host.Endpoints;

/// <summary>What the HTTP API needs in the container beside a data source and an <see cref="ApiContext"/>.</summary>
public static class ApiServices
{
    /// <summary>Adds JSON forms, problem documents, the OpenAPI document and the network's gauges.</summary>
    public static IServiceCollection Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new BigIntegerJsonConverter()));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemHandler>();
        services.AddOpenApi("v1", openApi =>
        {
            openApi.AddSchemaTransformer(ApiSchemas.DescribeAsync);
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Gplusck";
                document.Info.Description =
                    "Compute, paid, checked, slashed and certified on a chain. "
                    + "Every answer names the block it is as of. "
                    + "Wei and ids are decimal strings; addresses and hashes are 0x hexadecimal.";
                return Task.CompletedTask;
            });
        });
        services.AddHostedService<NetworkGauges>();
        return services;
    }
}
