package io.tidegate.autoscaler.report;

import java.time.Instant;

/** Kubernetes Events. Calls block, and failures are only counted: an Event is a courtesy. */
public interface EventApi {

    /** Creates an Event; false if that did not work. */
    boolean create(String name, PolicyEvent event, Instant at);

    /** Says that an Event has happened again; false if that did not work. */
    boolean repeat(String name, PolicyEvent event, int count, Instant at);
}
