package io.tidegate.policyengine.state;

/** Is told of state that can't be read, left by another version perhaps. It counts as absent. */
@FunctionalInterface
public interface Lost {

    /**
     * Tells of lost state.
     *
     * @param what the key or the workload that it was of
     * @param why what is wrong with it
     */
    void tell(String what, String why);
}
