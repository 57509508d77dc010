using Scalar.AspNetCore;

namespace Gplusck.Host.Endpoints;

/// <summary>The HTTP API: every route below <c>/api/v1</c>, its document and the health routes.</summary>
public static class ApiEndpoints
{
    /// <summary>Turns errors and unknown routes of the API into problem documents. Call before mapping.</summary>
    public static void Use(IApplicationBuilder application)
    {
        application.UseExceptionHandler();
        application.UseStatusCodePages();
    }

    /// <summary>Maps the routes. The container must hold an <c>NpgsqlDataSource</c> and an <see
    /// cref="ApiContext"/>.</summary>
    public static IEndpointRouteBuilder Map(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        NetworkEndpoints.Map(api);
        NodeEndpoints.Map(api);
        JobEndpoints.Map(api);
        CellEndpoints.Map(api);
        FaultEndpoints.Map(api);
        CertificateEndpoints.Map(api);
        SupplyEndpoints.Map(api);
        RewardEndpoints.Map(api);

        // A page of the dashboard must not answer for a route the API does not have.
        api.MapFallback(() => Problems.NotFound("The API has no such route: see /openapi/v1.json."))
            .ExcludeFromDescription();
        HealthEndpoints.Map(routes);
        routes.MapOpenApi();
        routes.MapScalarApiReference("/docs");
        return routes;
    }
}
