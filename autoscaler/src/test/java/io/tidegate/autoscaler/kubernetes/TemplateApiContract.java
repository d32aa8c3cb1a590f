package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.RunSize;
import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.act.TemplateApi.Answer;
import io.tidegate.autoscaler.targets.ObjectPath;
import io.tidegate.autoscaler.targets.TemplatePath;
import org.junit.jupiter.api.Test;

/** What every API of templates does, the one in memory as the real one. */
abstract class TemplateApiContract {

    private static final Attempt ATTEMPT = new Attempt("d17-1", null);
    static final RunSize FORTY = new RunSize(40, null, null);
    private static final RunSize TWELVE = new RunSize(12, null, null);
    private static final RunSize DYNAMIC = new RunSize(12, 2, 80);

    /** The API under test. */
    abstract TemplateApi api();

    /** An object whose runs have 40 executors, or begin with 40 if they have dynamic allocation. */
    abstract TemplatePath template(boolean dynamic);

    /** Creates another object of the same name; returns where its template is. */
    abstract TemplatePath createAgain(TemplatePath path);

    /** Changes something about the object, as another writer would. */
    abstract void touch(TemplatePath path);

    @Test
    void writesAndReadsHowManyExecutorsRunsHave() {
        TemplatePath path = template(false);
        Answer.Present before = read(path);
        assertEquals(FORTY, before.size());
        assertEquals(false, before.dynamic());

        assertInstanceOf(Answer.Present.class, api().write(path, before, TWELVE, ATTEMPT));

        Answer.Present after = read(path);
        assertEquals(TWELVE, after.size());
        assertInstanceOf(Answer.Present.class, api().write(path, after, FORTY, ATTEMPT));
        assertEquals(FORTY, read(path).size());
    }

    @Test
    void writesAndReadsTheBoundsOfDynamicAllocation() {
        TemplatePath path = template(true);
        Answer.Present before = read(path);
        assertEquals(true, before.dynamic());
        assertEquals(new RunSize(40, null, null), before.size());

        assertInstanceOf(Answer.Present.class, api().write(path, before, DYNAMIC, ATTEMPT));

        assertEquals(DYNAMIC, read(path).size());
    }

    @Test
    void writesNothingWhenTheObjectHasChanged() {
        TemplatePath path = template(false);
        Answer.Present before = read(path);
        touch(path);
        assertInstanceOf(Answer.Disagreed.class, api().write(path, before, TWELVE, ATTEMPT));
        assertEquals(FORTY, read(path).size());
    }

    @Test
    void leavesAnotherObjectOfTheNameAlone() {
        TemplatePath path = template(false);
        Answer.Present before = read(path);
        TemplatePath other = createAgain(path);
        assertInstanceOf(Answer.Disagreed.class, api().write(path, before, TWELVE, ATTEMPT));
        assertInstanceOf(Answer.Gone.class, api().read(path));
        assertEquals(FORTY, read(other).size());
    }

    @Test
    void saysThatThereIsNoSuchObject() {
        TemplatePath path = template(false);
        ObjectPath there = path.object();
        TemplatePath missing = new TemplatePath(
                new ObjectPath(there.apiVersion(), there.plural(), there.namespace(), "nothing"),
                "7d0d1c5e",
                false,
                2,
                80);
        assertInstanceOf(Answer.Gone.class, api().read(missing));
        assertInstanceOf(
                Answer.Gone.class, api().write(missing, new Answer.Present(FORTY, false, "1"), TWELVE, ATTEMPT));
    }

    final Answer.Present read(TemplatePath path) {
        return assertInstanceOf(Answer.Present.class, api().read(path));
    }
}
