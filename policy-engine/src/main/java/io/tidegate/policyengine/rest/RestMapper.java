package io.tidegate.policyengine.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.contracts.wire.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Records look the same here and on the topics. */
final class RestMapper {

    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper();
    }
}
