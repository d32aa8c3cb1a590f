package io.tidegate.collector.spark;

import io.tidegate.collector.metrics.CollectorMetrics.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/** What Spark drivers send. */
@Path("/v1/spark/events")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@SecurityScheme(
        securitySchemeName = "driver",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "A projected token of the driver pod's service account, audience tidegate-collector")
public class SparkEventsResource {

    private final SparkTelemetry telemetry;

    SparkEventsResource(SparkTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Why a body was refused. */
    record Problem(String error) {}

    /** Takes the newest snapshots of a driver. */
    @POST
    @SecurityRequirement(name = "driver")
    @Operation(
            summary = "Take snapshots of a Spark application from its driver",
            description = "The driver proves which pod it is by a projected token of its service account; what it sends"
                    + " counts for the application of that pod, and for no other.")
    @APIResponse(responseCode = "202", description = "Taken; also if no policy speaks of the driver")
    @APIResponse(
            responseCode = "400",
            description = "The body is not valid",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "401",
            description = "The token is missing, or proves nothing",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "403",
            description = "The token is no pod's, or the application another's",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 1 MiB",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "Too often; try again a second later",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "No token can be verified at the moment, or too many drivers send at once",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Response take(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
            @RequestBody(content = @Content(schema = @Schema(implementation = EventsBody.class))) InputStream body,
            @Context HttpServerRequest request) {
        return switch (telemetry.take(authorization, length, body)) {
            case SparkEvents.Answer.Taken taken ->
                Response.status(Response.Status.ACCEPTED).build();
            case SparkEvents.Answer.Refused refused -> refused(refused, request.version());
        };
    }

    private static Response refused(SparkEvents.Answer.Refused refused, HttpVersion version) {
        int status = status(refused.reason());
        Response.ResponseBuilder response = Response.status(status).entity(new Problem(refused.error()));
        switch (status) {
            case 401 -> response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case 429, 503 -> response.header(HttpHeaders.RETRY_AFTER, 1);
            default -> {}
        }
        // What is left of the body would hold up the next request; in HTTP/2 each has a stream of its own.
        if (version != HttpVersion.HTTP_2) {
            response.header("Connection", "close");
        }
        return response.build();
    }

    private static int status(Refusal reason) {
        return switch (reason) {
            case UNREADABLE -> 400;
            case UNPROVEN -> 401;
            case NO_POD, OTHER_APPLICATION -> 403;
            case TOO_LARGE -> 413;
            case RATE, SENDERS -> 429;
            case UNAVAILABLE -> 503;
        };
    }
}
