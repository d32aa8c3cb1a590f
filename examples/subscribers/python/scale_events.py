"""Prints what Tidegate decides, and what becomes of it, as it happens.

Needs READ and DESCRIBE on tidegate.decisions and tidegate.facts, and READ on its consumer group. Ctrl-C ends it.
"""

import argparse
import json
import signal
import sys

try:
    from confluent_kafka import Consumer, KafkaError, KafkaException
except ImportError:
    Consumer = None

DECISION = "io.tidegate.decision.v1"
OUTCOME = "io.tidegate.outcome.v1"


class Once:
    """Records come at least once: tells what was printed before."""

    def __init__(self):
        self.decisions, self.outcomes = {}, {}

    def is_new_decision(self, decision):
        return self._is_new(self.decisions, decision["workload"], decision["sequence"])

    def is_new_outcome(self, outcome):
        step = (outcome["sequence"], outcome["attempt"], outcome["result"])
        return self._is_new(self.outcomes, outcome["workload"], step)

    @staticmethod
    def _is_new(seen, workload, step):
        if workload in seen and seen[workload] >= step:
            return False
        seen[workload] = step
        return True


def line_of(record, once):
    """What a record is printed as; None if it is of no interest."""
    headers = {name: (value or b"").decode() for name, value in record.headers() or []}
    kind = headers.get("ce_type")
    if kind not in (DECISION, OUTCOME) or record.value() is None:
        return None
    body = json.loads(record.value())
    if kind == DECISION and once.is_new_decision(body):
        return f"{body['at']} {body['workload']} {body['action']}: {body['sentence']}"
    if kind == OUTCOME and once.is_new_outcome(body):
        return f"{headers.get('ce_time')} {body['workload']} {body['result']} {body['from']} -> {body['to']}: {body['message']}"
    return None


def arguments_of(command_line):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bootstrap-server", required=True, metavar="HOST:PORT", help="a broker of Tidegate's Kafka")
    parser.add_argument("--from-beginning", action="store_true", help="also what is kept, not only what comes")
    parser.add_argument("--group", default="scale-events-python", help="consumer group (default %(default)s)")
    parser.add_argument("--workloads", default="", metavar="PREFIX", help="only these, such as CLUSTER/NAMESPACE/")
    parser.add_argument("--topic-prefix", default="", help="what the names of the topics begin with, if anything")
    return parser.parse_args(command_line)


def consumer_of(arguments):
    return Consumer(
        {
            "bootstrap.servers": arguments.bootstrap_server,
            "group.id": arguments.group,
            "auto.offset.reset": "earliest" if arguments.from_beginning else "latest",
            "log_level": 0,
        }
    )


def follow(consumer, arguments, is_over):
    topics = [arguments.topic_prefix + name for name in ("tidegate.decisions", "tidegate.facts")]
    present = consumer.list_topics(timeout=10).topics
    missing = [topic for topic in topics if topic not in present]
    if missing:
        sys.exit(f"scale_events: there is no topic {' and no '.join(missing)}: is this the Kafka of Tidegate?")
    consumer.subscribe(topics)
    once = Once()
    while not is_over():
        record = consumer.poll(0.5)
        if record is None:
            continue
        if record.error():
            if record.error().retriable():
                continue
            raise KafkaException(record.error())
        if (record.key() or b"").decode().startswith(arguments.workloads):
            line = line_of(record, once)
            if line:
                print(line, flush=True)


def main(command_line=None):
    arguments = arguments_of(command_line)
    if Consumer is None:
        sys.exit("scale_events: the Kafka client is missing: pip install --require-hashes -r requirements.txt")
    stopped = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.append(True))
    consumer = consumer_of(arguments)
    try:
        follow(consumer, arguments, lambda: stopped)
    except KafkaException as failure:
        error = failure.args[0]
        if error.code() in (KafkaError._TRANSPORT, KafkaError._ALL_BROKERS_DOWN, KafkaError._TIMED_OUT):
            sys.exit(f"scale_events: no broker answers at {arguments.bootstrap_server}.")
        sys.exit(f"scale_events: {error.str()}")
    except BrokenPipeError:
        sys.stderr.close()
    finally:
        consumer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
