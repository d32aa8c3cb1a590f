package io.tidegate.policyengine.rest;

/**
 * Why there is no answer.
 *
 * @param status HTTP status
 * @param message what is wrong and what to do
 */
public record Problem(int status, String message) {}
