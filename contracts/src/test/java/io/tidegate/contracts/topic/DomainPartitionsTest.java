package io.tidegate.contracts.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainPartitionsTest {

    private static final int PARTITIONS = 12;

    @Test
    void allOfANamespaceLiesInOnePartition() {
        for (int namespace = 0; namespace < 200; namespace++) {
            String name = "team-" + namespace;
            Set<Integer> partitions = IntStream.range(0, 50)
                    .boxed()
                    .flatMap(i -> Stream.of(
                            new WorkloadId("eu", name, "Deployment", "w" + i).toString(),
                            new WorkloadId("eu", name, "StatefulSet", "w" + i).toString(),
                            new PolicyId("eu", name, "p" + i).toString()))
                    .map(key -> DomainPartitions.of(key, PARTITIONS))
                    .collect(Collectors.toSet());

            assertEquals(Set.of(DomainPartitions.of(new WorkloadId("eu", name, "Job", "x"), PARTITIONS)), partitions);
        }
    }

    @Test
    void namespacesSpreadOverAllPartitions() {
        int namespaces = 12_000;
        int[] counts = new int[PARTITIONS];
        for (int i = 0; i < namespaces; i++) {
            counts[DomainPartitions.of("eu/team-" + i + "/Deployment/orders", PARTITIONS)]++;
        }

        for (int count : counts) {
            assertTrue(Math.abs(count - 1_000) < 150, () -> "expected about 1000 in each: " + List.of(count));
        }
    }

    @Test
    void theSameNamespaceOfAnotherClusterMayLieElsewhere() {
        Set<Integer> partitions = IntStream.range(0, 100)
                .mapToObj(cluster -> DomainPartitions.of("c" + cluster + "/sales/Deployment/orders", PARTITIONS))
                .collect(Collectors.toSet());

        assertEquals(PARTITIONS, partitions.size());
    }

    /** Where records lie must never change: each service and each subscriber counts on it. */
    @ParameterizedTest
    @CsvSource({"eu/sales/Deployment/orders, 12", "eu/sales/ScalingPolicy/orders, 12", "us/ops/StatefulSet/trino, 12"})
    void aKeyKeepsItsPartition(String key, int partitions) {
        int expected = key.startsWith("eu") ? 6 : 8;

        assertEquals(expected, DomainPartitions.of(key, partitions));
    }

    @Test
    void aKeyOfFewerSegmentsIsHashedWhole() {
        Set<Integer> partitions = IntStream.range(0, 200)
                .mapToObj(i -> DomainPartitions.of("tick/" + i, PARTITIONS))
                .collect(Collectors.toSet());

        assertEquals(PARTITIONS, partitions.size());
        assertEquals(DomainPartitions.of("", 1), 0);
    }

    @Test
    void theProducersPartitionerAgrees() {
        try (DomainPartitioner partitioner = new DomainPartitioner()) {
            for (int i = 0; i < 100; i++) {
                String key = "eu/team-" + i + "/Deployment/orders";
                byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

                assertEquals(
                        DomainPartitions.of(key, PARTITIONS),
                        partitioner.partition(Topics.FACTS, key, bytes, null, null, cluster()));
            }
        }
    }

    @Test
    void theProducersPartitionerNeedsAKey() {
        try (DomainPartitioner partitioner = new DomainPartitioner()) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> partitioner.partition(Topics.FACTS, null, null, null, null, cluster()));

            assertEquals("a record of tidegate.facts needs a key", refused.getMessage());
        }
    }

    private static Cluster cluster() {
        Node node = new Node(0, "localhost", 9092);
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new PartitionInfo(Topics.FACTS, i, node, new Node[] {node}, new Node[] {node}))
                .toList();
        return new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
    }
}
