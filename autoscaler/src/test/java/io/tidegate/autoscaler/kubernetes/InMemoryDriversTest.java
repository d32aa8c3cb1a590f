package io.tidegate.autoscaler.kubernetes;

import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.testing.InMemoryDrivers;
import org.jspecify.annotations.Nullable;

class InMemoryDriversTest extends DriverApiContract {

    private final InMemoryDrivers drivers = new InMemoryDrivers();

    @Override
    DriverApi api() {
        return drivers;
    }

    @Override
    DriverPath driver() {
        DriverPath path = new DriverPath("sales", "nightly-driver", "uid-1");
        drivers.start(path);
        return path;
    }

    @Override
    void finish(DriverPath driver) {
        drivers.finish(driver);
    }

    @Override
    DriverPath startAgain(DriverPath driver) {
        DriverPath other = new DriverPath(driver.namespace(), driver.pod(), "uid-2");
        drivers.start(other);
        return other;
    }

    @Override
    void annotate(DriverPath driver, @Nullable String text) {
        drivers.annotate(driver, text);
    }
}
