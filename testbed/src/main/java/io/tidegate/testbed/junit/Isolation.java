package io.tidegate.testbed.junit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names that no other test uses: one for each test method, or test class when its constructor takes it. */
public final class Isolation implements AutoCloseable {
    private final SharedTestbed testbed;
    private final String prefix;
    private @Nullable String namespace;

    Isolation(SharedTestbed testbed, String testName) {
        this.testbed = testbed;
        String readable = testName.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replaceAll("[^A-Za-z0-9]+", "-");
        String shortened =
                readable.substring(0, Math.min(30, readable.length())).toLowerCase(java.util.Locale.ROOT);
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        this.prefix = "t-" + shortened.replaceAll("^-+|-+$", "") + "-"
                + HexFormat.of().formatHex(random);
    }

    /** A prefix for topics, consumer groups and client ids. */
    public String prefix() {
        return prefix;
    }

    /** The prefix and a name: for topics, consumer groups, transactional ids. */
    public String name(String name) {
        return prefix + "." + name;
    }

    /** A namespace of its own, made when it is first asked for and deleted after the test. */
    public synchronized String namespace() {
        String made = namespace;
        if (made == null) {
            testbed.controlPlane()
                    .client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(prefix)
                            .endMetadata()
                            .build())
                    .create();
            made = prefix;
            namespace = made;
        }
        return made;
    }

    /** Deletes the namespace, without waiting for what is in it. */
    @Override
    public synchronized void close() {
        if (namespace != null) {
            testbed.controlPlane().client().namespaces().withName(namespace).delete();
            namespace = null;
        }
    }
}
