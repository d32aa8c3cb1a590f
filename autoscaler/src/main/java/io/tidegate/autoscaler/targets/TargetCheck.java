package io.tidegate.autoscaler.targets;

import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.RunTemplate;
import io.tidegate.contracts.target.Target.SparkDriver;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a target must satisfy beyond its schema before anything is done for it. */
final class TargetCheck {

    /** Decision ids are sent in a header: visible ASCII, and of a length that every server takes. */
    private static final Pattern DECISION_ID = Pattern.compile("[\\x21-\\x7e]{1,1200}");

    /** Longest decision id that an annotation takes, with what a fallback adds to it. */
    private static final int MAX_ANNOTATED = 200;

    private TargetCheck() {}

    /**
     * The place of the target's size; null if it has none.
     *
     * @throws UnreadableRecordException if the target reaches outside its namespace or can't be addressed
     */
    static @Nullable Lever check(Target target) throws UnreadableRecordException {
        if (!target.policy().cluster().equals(target.workload().cluster())
                || !target.policy().namespace().equals(target.workload().namespace())) {
            throw new UnreadableRecordException("the policy and the workload are not in one namespace");
        }
        if (!DECISION_ID.matcher(target.decisionId()).matches()) {
            throw new UnreadableRecordException("the decisionId has characters that a header can't carry");
        }
        try {
            SparkDriver driver = target.driver();
            if (driver != null) {
                return driver(target, driver);
            }
            RunTemplate template = target.template();
            return template == null ? scale(target) : template(target, template);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable ScalePath scale(Target target) {
        ScaleResource scale = target.scale();
        return scale == null
                ? null
                : new ScalePath(
                        scale.apiVersion(),
                        scale.plural(),
                        target.workload().namespace(),
                        target.workload().name());
    }

    private static TemplatePath template(Target target, RunTemplate template) {
        return new TemplatePath(
                new ObjectPath(
                        template.apiVersion(),
                        template.plural(),
                        target.workload().namespace(),
                        target.workload().name()),
                template.uid(),
                template.dynamic(),
                template.min(),
                template.max());
    }

    private static DriverPath driver(Target target, SparkDriver driver) throws UnreadableRecordException {
        if (target.decisionId().length() > MAX_ANNOTATED) {
            throw new UnreadableRecordException("the decisionId is too long for an annotation");
        }
        return new DriverPath(target.workload().namespace(), driver.pod(), driver.uid());
    }
}
