package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.collector.kubernetes.EffectiveSpecs.Merged;
import io.tidegate.collector.world.Endpoint;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.DriverSelector;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the specs of custom resources. The CRDs refuse most of what is bad; the rest is refused here. */
final class Specs {

    private static final Pattern API_VERSION =
            Pattern.compile("^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?v[a-z0-9]{1,62}$");
    private static final Pattern KIND = Pattern.compile("^[A-Za-z][A-Za-z0-9]{0,62}$");
    private static final Pattern NAME = Pattern.compile("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$");
    private static final Pattern SERVER = Pattern.compile("^[A-Za-z0-9.\\-\\[\\]:]{1,255}:[0-9]{1,5}$");
    private static final int MOST_SERVERS = 16;
    private static final int MOST_SIGNALS = 32;
    private static final int MOST_TOPICS = 100;
    private static final int MOST_BYTES = 1 << 17;

    private Specs() {}

    /** A spec that can't be used. */
    static final class RefusedSpecException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        RefusedSpecException(String message) {
            this(SpecProblem.INVALID_SPEC, message);
        }

        RefusedSpecException(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** Reason code, in CamelCase. */
        String reason() {
            return reason;
        }
    }

    private record Names(
            @Nullable ScaleTargetRef scaleTargetRef,
            @Nullable DriverSelector selector) {}

    private record ConnectionSpec(
            @Nullable KafkaConnection kafka, @Nullable PrometheusConnection prometheus) {}

    private record KafkaConnection(@Nullable List<String> bootstrapServers) {}

    private record PrometheusConnection(@Nullable String url) {}

    static PolicyId policyId(String cluster, GenericKubernetesResource resource) {
        return new PolicyId(
                cluster,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    /** Reads a ScalingPolicy with the spec that it has after inheritance. */
    static PolicyFact policy(String cluster, GenericKubernetesResource resource, Merged merged)
            throws RefusedSpecException {
        PolicySpec spec = parse(PolicySpecs.onTheWire(merged.spec()), PolicySpec.class);
        checkTarget(spec.scaleTargetRef());
        checkExecutors(spec);
        checkSignals(spec.signals());
        return fact(cluster, resource, spec, merged.inherited());
    }

    /** A ScalingPolicy by which nothing can be decided; empty if not even what it scales can be read. */
    static Optional<PolicyFact> withoutRules(String cluster, GenericKubernetesResource resource) {
        try {
            Names names = parse(tree(resource), Names.class);
            checkTarget(names.scaleTargetRef());
            PolicySpec spec = PolicySpec.withoutRules(names.scaleTargetRef(), names.selector());
            return Optional.of(fact(cluster, resource, spec, null));
        } catch (RefusedSpecException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PolicyFact fact(
            String cluster, GenericKubernetesResource resource, PolicySpec spec, @Nullable Inherited inherited)
            throws RefusedSpecException {
        @Nullable Long generation = resource.getMetadata().getGeneration();
        return new PolicyFact(
                policyId(cluster, resource),
                String.valueOf(resource.getMetadata().getUid()),
                generation == null ? 0 : generation,
                createdAt(resource.getMetadata().getCreationTimestamp()),
                workloadId(cluster, resource, spec.scaleTargetRef()),
                spec,
                inherited,
                null);
    }

    /** An application that labels name has the policy's name, whatever its driver pods are called. */
    private static WorkloadId workloadId(
            String cluster, GenericKubernetesResource resource, @Nullable ScaleTargetRef target) {
        String namespace = resource.getMetadata().getNamespace();
        return target == null
                ? new WorkloadId(
                        cluster,
                        namespace,
                        WorkloadId.SPARK_DRIVER,
                        resource.getMetadata().getName())
                : new WorkloadId(cluster, namespace, target.kind(), target.name());
    }

    private static void checkExecutors(PolicySpec spec) throws RefusedSpecException {
        if (spec.scalesSpark() && spec.executors() == null) {
            throw new RefusedSpecException("a Spark application needs executors, such as {min: 2, max: 80}");
        }
    }

    private static void checkTarget(@Nullable ScaleTargetRef target) throws RefusedSpecException {
        if (target == null) {
            return;
        }
        require(API_VERSION, "scaleTargetRef.apiVersion", target.apiVersion());
        require(KIND, "scaleTargetRef.kind", target.kind());
        require(NAME, "scaleTargetRef.name", target.name());
        if (target.kind().equals(PolicyId.KIND)) {
            throw new RefusedSpecException("a ScalingPolicy can't scale a ScalingPolicy");
        }
    }

    /** Reads what a Connection names. */
    static Endpoint connection(GenericKubernetesResource resource) throws RefusedSpecException {
        ConnectionSpec spec = parse(tree(resource), ConnectionSpec.class);
        if (spec.prometheus() == null) {
            return kafka(spec.kafka());
        }
        if (spec.kafka() != null) {
            throw new RefusedSpecException("a connection needs exactly one kind, and has kafka and prometheus");
        }
        return new Endpoint.Prometheus(Addresses.prometheus(spec.prometheus().url()));
    }

    private static Endpoint kafka(@Nullable KafkaConnection kafka) throws RefusedSpecException {
        List<String> servers = kafka == null ? null : kafka.bootstrapServers();
        if (servers == null || servers.isEmpty()) {
            throw new RefusedSpecException("kafka.bootstrapServers must name at least one host:port");
        }
        if (servers.size() > MOST_SERVERS) {
            throw new RefusedSpecException("kafka.bootstrapServers must not name more than " + MOST_SERVERS);
        }
        for (@Nullable String server : servers) {
            require(SERVER, "kafka.bootstrapServers", server);
        }
        return new Endpoint.Kafka(
                String.join(",", servers.stream().distinct().sorted().toList()));
    }

    /** The spec of a custom resource, of bounded size. */
    static JsonNode tree(GenericKubernetesResource resource) throws RefusedSpecException {
        JsonMapper mapper = Json.mapper();
        try {
            byte[] spec =
                    mapper.writeValueAsBytes(resource.getAdditionalProperties().get("spec"));
            if (spec.length > MOST_BYTES) {
                throw new RefusedSpecException(
                        "the spec has " + spec.length + " bytes, more than " + MOST_BYTES + " are not read");
            }
            return mapper.readTree(spec);
        } catch (IOException e) {
            throw invalid(e);
        }
    }

    private static <T> T parse(JsonNode spec, Class<T> type) throws RefusedSpecException {
        try {
            // Not treeToValue: it would take what the strict reading of a text refuses.
            @Nullable T parsed = Json.mapper().readValue(Json.mapper().writeValueAsBytes(spec), type);
            if (parsed == null) {
                throw new RefusedSpecException("there is no spec");
            }
            return parsed;
        } catch (IOException e) {
            throw invalid(e);
        }
    }

    private static RefusedSpecException invalid(IOException e) {
        String words = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return new RefusedSpecException("the spec is not valid: " + where(e) + words);
    }

    private static String where(IOException e) {
        return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                ? mapping.getPath().stream()
                                .map(step ->
                                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                                .collect(Collectors.joining("."))
                        + ": "
                : "";
    }

    private static void checkSignals(List<SignalSpec> signals) throws RefusedSpecException {
        if (signals.size() > MOST_SIGNALS) {
            throw new RefusedSpecException("there must not be more than " + MOST_SIGNALS + " signals");
        }
        Set<String> names = new HashSet<>();
        for (SignalSpec signal : signals) {
            if (signal.name().equals(SampleFact.USAGE) || signal.name().equals(SampleFact.SPARK)) {
                throw new RefusedSpecException("a signal must not be named " + signal.name());
            }
            if (!names.add(signal.name())) {
                throw new RefusedSpecException("there are two signals named " + signal.name());
            }
            KafkaSignal kafka = signal.kafka();
            if (kafka != null && kafka.topics().size() > MOST_TOPICS) {
                throw new RefusedSpecException("a signal must not have more than " + MOST_TOPICS + " topics");
            }
        }
    }

    private static void require(Pattern pattern, String field, @Nullable String value) throws RefusedSpecException {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new RefusedSpecException(field + " is not valid");
        }
    }

    private static Instant createdAt(@Nullable String timestamp) throws RefusedSpecException {
        try {
            return timestamp == null ? Instant.EPOCH : Instant.parse(timestamp);
        } catch (DateTimeException e) {
            throw new RefusedSpecException("creationTimestamp is not a time");
        }
    }
}
