package io.tidegate.spark.ledger;

import java.util.ArrayList;
import java.util.List;

/** Scala's collections by their iterators alone, which are the same in all versions of its library. */
public final class ScalaLists {
    private ScalaLists() {}

    public static <T> List<T> list(scala.collection.Iterable<? extends T> elements) {
        List<T> list = new ArrayList<>();
        scala.collection.Iterator<? extends T> iterator = elements.iterator();
        while (iterator.hasNext()) {
            list.add(iterator.next());
        }
        return list;
    }

    /** Scala's own integers, which Java sees as objects. */
    static List<Integer> integers(scala.collection.Iterable<?> elements) {
        List<Integer> list = new ArrayList<>();
        for (Object element : list(elements)) {
            list.add((Integer) element);
        }
        return list;
    }
}
