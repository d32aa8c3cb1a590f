package io.tidegate.decision.model;

/** What a decision asks for. */
public enum Action {
    SCALE_UP,
    SCALE_DOWN,
    RESIZE,
    HOLD
}
