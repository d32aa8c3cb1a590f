"""A nightly Spark application that says of each run who owns it, what it is called, and when it must have ended.

The driver's annotations carry all three to Tidegate, whose policy for the label pipeline=nightly then finds the fewest
executors that end it in time. It needs the providers for Kubernetes and a Spark operator in the cluster.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

MUST_END_WITHIN = timedelta(hours=3)

APPLICATION = {
    "apiVersion": "sparkoperator.k8s.io/v1beta2",
    "kind": "SparkApplication",
    "metadata": {"name": "nightly-{{ ts_nodash | lower }}", "namespace": "sales"},
    "spec": {
        "type": "Scala",
        "mode": "cluster",
        "image": "registry.example/spark-with-tidegate:4.1.1",
        "mainClass": "com.example.Nightly",
        "mainApplicationFile": "local:///opt/jobs/nightly.jar",
        "sparkVersion": "4.1.1",
        "sparkConf": {
            "spark.plugins": "io.tidegate.spark.TidegatePlugin",
            "spark.tidegate.collector.url": "https://tidegate-collector.tidegate.svc",
        },
        "dynamicAllocation": {"enabled": True},
        "volumes": [
            {
                "name": "tidegate-token",
                "projected": {
                    "sources": [
                        {
                            "serviceAccountToken": {
                                "audience": "tidegate-collector",
                                "path": "token",
                                "expirationSeconds": 3600,
                            }
                        }
                    ]
                },
            }
        ],
        "driver": {
            "serviceAccount": "spark",
            "labels": {"pipeline": "nightly"},
            "annotations": {
                "tidegate.io/owner": "sales-data",
                "tidegate.io/run-id": "{{ run_id }}",
                "tidegate.io/deadline": "{{ (data_interval_end + must_end_within).isoformat() }}",
            },
            "volumeMounts": [
                {"name": "tidegate-token", "mountPath": "/var/run/secrets/tidegate", "readOnly": True}
            ],
        },
        "executor": {"cores": 4, "memory": "8g"},
    },
}

with DAG(
    dag_id="nightly",
    schedule="0 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    default_args={"owner": "sales-data"},
    user_defined_macros={"must_end_within": MUST_END_WITHIN},
) as dag:
    SparkKubernetesOperator(task_id="aggregate", namespace="sales", template_spec={"spark": APPLICATION})
