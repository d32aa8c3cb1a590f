package io.tidegate.policyengine.rest;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.policyengine.lifecycle.EngineLifecycle;
import io.tidegate.policyengine.lifecycle.Phase;
import io.tidegate.policyengine.state.Emitted.KeptDecision;
import io.tidegate.policyengine.state.Emitted.KeptTarget;
import io.tidegate.policyengine.state.StoredState;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.topology.EngineStreams;
import io.tidegate.policyengine.topology.Owner;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Why workloads have their sizes. */
@Path("/v1/workloads")
@Produces(MediaType.APPLICATION_JSON)
public class WorkloadsResource {

    private static final int LONGEST_LIST = 10_000;
    /** Brokers know no time before 1970, and none whose milliseconds don't fit into 64 bits. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final EngineLifecycle lifecycle;
    private final DecisionLog decisionLog;
    private final OtherEngines others;

    WorkloadsResource(EngineLifecycle lifecycle, DecisionLog decisionLog, OtherEngines others) {
        this.lifecycle = lifecycle;
        this.decisionLog = decisionLog;
        this.others = others;
    }

    /** Ids of the workloads that this instance answers for. */
    @GET
    @Operation(summary = "The workloads that this instance answers for")
    public WorkloadList list() {
        List<WorkloadId> ids = new ArrayList<>();
        for (StoredState stored : streams().local()) {
            ids.addAll(stored.workloads(LONGEST_LIST - ids.size()));
        }
        return new WorkloadList(
                ids,
                "Workloads of this instance's partitions, at most " + LONGEST_LIST
                        + "; other instances have the others. Each answers why for all.");
    }

    /** The newest decision about a workload at a time, with all that led to it. */
    @GET
    @Path("{cluster}/{namespace}/{kind}/{name}/why")
    @Operation(summary = "Why a workload has its size")
    @APIResponse(
            responseCode = "200",
            description = "The newest decision at that time, and what must be now",
            content = @Content(schema = @Schema(implementation = Explanation.class)))
    @APIResponse(
            responseCode = "400",
            description = "The id or the time is not one",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "No decision about the workload is known at that time",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Nobody can answer at the moment",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Response why(
            @PathParam("cluster") String cluster,
            @PathParam("namespace") String namespace,
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @Parameter(description = "An instant such as 2026-01-02T03:04:05Z; absent means now")
                    @QueryParam("at")
                    @Nullable
                    String at,
            @Parameter(hidden = true) @HeaderParam(OtherEngines.FORWARDED) @Nullable String forwarded) {
        return why(cluster + "/" + namespace + "/" + kind + "/" + name, at, forwarded);
    }

    /** The same, with the id in one piece. */
    @GET
    @Path("{id}/why")
    @Operation(summary = "Why a workload has its size; the id's slashes written as %2F")
    public Response why(
            @PathParam("id") String id,
            @QueryParam("at") @Nullable String at,
            @Parameter(hidden = true) @HeaderParam(OtherEngines.FORWARDED) @Nullable String forwarded) {
        WorkloadId workload = workload(id);
        Optional<Instant> time = time(at);
        return switch (streams().owner(workload)) {
            case Owner.Nobody nobody -> throw ProblemException.unavailable(nobody.reason());
            case Owner.Elsewhere elsewhere -> {
                if (forwarded != null) {
                    throw ProblemException.unavailable("the workload is moving from one engine to another");
                }
                yield others.why(elsewhere.address(), workload, time);
            }
            case Owner.Here here ->
                Response.ok(explain(here.state(), workload, time)).build();
        };
    }

    private Explanation explain(StoredState stored, WorkloadId workload, Optional<Instant> at) {
        Optional<WorkloadState> state = stored.workload(workload);
        DecisionRecord decision = state.flatMap(known -> kept(stored, workload, known, at))
                .or(() -> decisionLog.newest(workload, at.orElse(Instant.now())))
                .orElseThrow(() -> notFound(workload, at));
        return new Explanation(
                workload,
                decision,
                state.flatMap(known -> target(stored, known)).orElse(null));
    }

    private static Optional<DecisionRecord> kept(
            StoredState stored, WorkloadId workload, WorkloadState state, Optional<Instant> at) {
        List<KeptDecision> newestFirst = state.emitted().decisions().reversed();
        for (KeptDecision kept : newestFirst) {
            Optional<DecisionRecord> decision = stored.decision(workload, kept.sequence())
                    .filter(found -> at.isEmpty() || !found.at().isAfter(at.get()));
            if (decision.isPresent()) {
                return decision;
            }
        }
        return Optional.empty();
    }

    /** The target of the workload, else that of the policy that would rule it. */
    private static Optional<Target> target(StoredState stored, WorkloadState state) {
        return state.emitted().targets().stream()
                .filter(kept -> !kept.gone())
                .map(KeptTarget::key)
                .flatMap(key -> stored.target(key).stream())
                .reduce((one, other) -> one.ruling() ? one : other);
    }

    private static ProblemException notFound(WorkloadId workload, Optional<Instant> at) {
        return ProblemException.notFound("No decision about " + workload
                + at.map(time -> " at or before " + time).orElse("")
                + " is known. Check the id (cluster/namespace/kind/name; GET /v1/workloads lists them), and that a"
                + " ScalingPolicy names this workload: kubectl get scalingpolicies -n " + workload.namespace() + ".");
    }

    private static WorkloadId workload(String id) {
        try {
            return WorkloadId.parse(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    "The path must be /v1/workloads/{cluster}/{namespace}/{kind}/{name}/why: " + e.getMessage() + ".");
        }
    }

    private static Optional<Instant> time(@Nullable String at) {
        try {
            Optional<Instant> time = Optional.ofNullable(at).map(Instant::parse);
            if (time.stream().anyMatch(asked -> asked.isBefore(Instant.EPOCH) || asked.isAfter(LATEST))) {
                throw ProblemException.badRequest("at must lie between " + Instant.EPOCH + " and " + LATEST + ".");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw ProblemException.badRequest("at must be an instant such as 2026-01-02T03:04:05Z, it is '"
                    + (e.getParsedString().length() > 40 ? "..." : e.getParsedString()) + "'.");
        }
    }

    private EngineStreams streams() {
        return switch (lifecycle.phase()) {
            case Phase.Started started -> started.streams();
            case Phase.Waiting waiting -> throw ProblemException.unavailable(waiting.reason());
            case Phase.Failed failed -> throw ProblemException.unavailable(failed.reason());
        };
    }
}
