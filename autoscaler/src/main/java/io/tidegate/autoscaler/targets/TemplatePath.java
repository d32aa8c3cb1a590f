package io.tidegate.autoscaler.targets;

/**
 * The template that the runs of a recurring Spark application are made of. Every part is checked, since they come from a topic and
 * become a URL.
 *
 * @param object the object that has it
 * @param uid its uid; another object of that name is not meant
 * @param dynamic whether its runs have dynamic allocation, with bounds
 * @param min fewest executors of such a run
 * @param max most executors of such a run
 */
public record TemplatePath(ObjectPath object, String uid, boolean dynamic, int min, int max) implements Lever {

    public TemplatePath {
        PathParts.checkUid("template.uid", uid);
    }

    @Override
    public String namespace() {
        return object.namespace();
    }
}
