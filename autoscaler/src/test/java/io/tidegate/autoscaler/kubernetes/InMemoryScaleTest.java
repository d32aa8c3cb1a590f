package io.tidegate.autoscaler.kubernetes;

import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.testing.InMemoryScale;

class InMemoryScaleTest extends ScaleApiContract {

    private final InMemoryScale scale = new InMemoryScale();

    @Override
    ScaleApi api() {
        return scale;
    }

    @Override
    ScalePath workload(int replicas) {
        ScalePath path = new ScalePath("apps/v1", "deployments", "sales", "orders");
        scale.set(path, replicas);
        return path;
    }

    @Override
    ScalePath missing() {
        return new ScalePath("apps/v1", "deployments", "sales", "nothing");
    }
}
