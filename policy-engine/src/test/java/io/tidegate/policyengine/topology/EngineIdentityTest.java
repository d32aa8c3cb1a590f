package io.tidegate.policyengine.topology;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.topic.Topics.TopicSettings;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EngineIdentityTest {

    @Test
    void withoutVariantNothingHasAnotherName() {
        EngineIdentity plain = EngineIdentity.PLAIN;
        assertAll(
                () -> assertEquals("tidegate-engine", plain.applicationId()),
                () -> assertEquals("tidegate-engine-a", plain.clientId("a")),
                () -> assertEquals("tidegate/policy-engine", plain.source()),
                () -> assertEquals(Topics.DECISIONS, plain.decisions()),
                () -> assertEquals(Topics.TARGETS, plain.targets()),
                () -> assertEquals(Topics.deadLetter(Topics.FACTS), plain.deadLetters()));
    }

    @Test
    void aVariantThatRulesWritesTheSameTopicsFromAStateOfItsOwn() {
        EngineIdentity green = new EngineIdentity(Optional.of("green"), false);
        assertAll(
                () -> assertEquals("tidegate-engine-green", green.applicationId()),
                () -> assertEquals("tidegate/policy-engine-green", green.source()),
                () -> assertEquals(Topics.TARGETS, green.targets()));
    }

    @Test
    void aShadowWritesTopicsOfItsOwnAndItsClientsCanBeTold() {
        EngineIdentity shadow = new EngineIdentity(Optional.of("green"), true);
        EngineIdentity ruling = new EngineIdentity(Optional.of("green"), false);
        assertAll(
                () -> assertEquals(
                        Topics.shadows("green").stream()
                                .map(TopicSettings::name)
                                .collect(Collectors.toSet()),
                        Set.of(shadow.decisions(), shadow.targets(), shadow.deadLetters())),
                () -> assertEquals(ruling.applicationId(), shadow.applicationId()),
                () -> assertTrue(ruling.isShadow(shadow.clientId("a"))),
                () -> assertFalse(shadow.isShadow(ruling.clientId("a"))),
                () -> assertThrows(IllegalArgumentException.class, () -> new EngineIdentity(Optional.empty(), true)));
    }
}
