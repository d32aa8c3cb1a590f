package io.tidegate.autoscaler.kubernetes;

import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.targets.ObjectPath;
import io.tidegate.autoscaler.targets.TemplatePath;
import io.tidegate.autoscaler.testing.InMemoryTemplates;

class InMemoryTemplatesTest extends TemplateApiContract {

    private static final ObjectPath OBJECT =
            new ObjectPath("sparkoperator.k8s.io/v1beta2", "scheduledsparkapplications", "sales", "nightly");

    private final InMemoryTemplates templates = new InMemoryTemplates();

    @Override
    TemplateApi api() {
        return templates;
    }

    @Override
    TemplatePath template(boolean dynamic) {
        TemplatePath path = new TemplatePath(OBJECT, "uid-1", dynamic, 2, 80);
        templates.put(path, FORTY, dynamic);
        return path;
    }

    @Override
    TemplatePath createAgain(TemplatePath path) {
        TemplatePath other = new TemplatePath(OBJECT, "uid-2", path.dynamic(), 2, 80);
        templates.put(other, FORTY, path.dynamic());
        return other;
    }

    @Override
    void touch(TemplatePath path) {
        templates.put(path, FORTY, path.dynamic());
    }
}
