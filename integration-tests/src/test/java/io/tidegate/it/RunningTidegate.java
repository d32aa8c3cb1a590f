package io.tidegate.it;

import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One instance of each service for all tests of a class. */
final class RunningTidegate implements AfterAllCallback {

    private @Nullable TidegateServices services;

    /** Starts them at the first call. */
    synchronized TidegateServices on(SharedTestbed testbed) {
        TidegateServices started = services;
        if (started == null) {
            started = TidegateServices.start(testbed, Progress.console());
            services = started;
        }
        return started;
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (services != null) {
            services.close();
            services = null;
        }
    }
}
