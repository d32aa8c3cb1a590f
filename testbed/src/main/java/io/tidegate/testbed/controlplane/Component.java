package io.tidegate.testbed.controlplane;

import java.util.Locale;

/** A program of the control plane, with the Go module and package that it is built from. */
enum Component {
    ETCD("etcd", "go.etcd.io/etcd/server/v3"),
    KUBE_APISERVER("kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
    KUBE_CONTROLLER_MANAGER("kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager"),
    KUBE_SCHEDULER("kubernetes", "k8s.io/kubernetes/cmd/kube-scheduler"),
    KUBECTL("kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
    KWOK("kwok", "sigs.k8s.io/kwok/cmd/kwok");

    private final String module;
    private final String goPackage;

    Component(String module, String goPackage) {
        this.module = module;
        this.goPackage = goPackage;
    }

    /** The folder of its Go module among our resources. */
    String module() {
        return module;
    }

    String goPackage() {
        return goPackage;
    }

    /** The file name of its binary, the same in every distribution of Kubernetes. */
    String binary() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
